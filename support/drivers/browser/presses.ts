/** Tells the kit of each press that the page was given. It runs in the page, before the page's own scripts. */
export function tellPresses(): void {
  type Pressed = (how: 'begun' | 'done') => void;
  const { __kitPressed, __pressed } = window as unknown as { __kitPressed?: Pressed; __pressed: Pressed };
  const pressed = __kitPressed ?? __pressed;
  const tell =
    (how: 'begun' | 'done') =>
    ({ isTrusted }: Event): void => {
      if (isTrusted) pressed(how);
    };
  window.addEventListener('pointerdown', tell('begun'), true);
  window.addEventListener('click', tell('done'), true);
}
