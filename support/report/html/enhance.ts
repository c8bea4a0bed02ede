/**
 * Runs in the reader's browser: filters the rows, walks through those that need a look, and opens what a link
 * leads to. It is carried into the page as text, so it can refer to nothing outside itself.
 */
export function enhance(page: Document): void {
  const all = <T extends HTMLElement>(selector: string): T[] => [...page.querySelectorAll<T>(selector)];
  const rows = all('[data-verdict]');
  const choices = all<HTMLButtonElement>('[data-show]');
  const search = page.querySelector<HTMLInputElement>('#search');
  const count = page.querySelector('#shown');
  let wanted: string[] = [];

  const filter = (): void => {
    const words = (search?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const fits = !wanted.length || wanted.includes(row.dataset.verdict ?? '');
      const text = row.dataset.text ?? '';
      row.hidden = !fits || !words.every((word) => text.includes(word));
    }
    for (const group of all('[data-group]')) {
      group.hidden = !group.querySelector('[data-verdict]:not([hidden])');
    }
    const shown = all('article[data-verdict]:not([hidden])').length;
    if (count) count.textContent = `${shown} of ${all('article[data-verdict]').length} rows shown`;
  };

  for (const choice of choices) {
    choice.addEventListener('click', () => {
      wanted = (choice.dataset.show ?? '').split(' ').filter(Boolean);
      for (const other of choices) other.setAttribute('aria-pressed', String(other === choice));
      filter();
    });
  }
  search?.addEventListener('input', filter);

  page.querySelector('#next')?.addEventListener('click', () => {
    const open = all('article[data-open]:not([hidden])');
    const below = open.find((row) => row.getBoundingClientRect().top > 140);
    const next = below ?? open[0];
    next?.scrollIntoView();
    next?.focus({ preventScroll: true });
  });

  page.querySelector('#unfold')?.addEventListener('click', (event) => {
    const button = event.currentTarget as HTMLButtonElement;
    const open = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(open));
    for (const details of all<HTMLDetailsElement>('article details')) details.open = open;
  });

  const reveal = (): void => {
    const target = page.getElementById(decodeURIComponent(page.location.hash.slice(1)));
    if (!target) return;
    for (let place: HTMLElement | null = target; place; place = place.parentElement) {
      place.hidden = false;
      if (place instanceof HTMLDetailsElement) place.open = true;
    }
    target.scrollIntoView();
  };
  page.defaultView?.addEventListener('hashchange', reveal);
  for (const bar of all('.toolbar')) bar.hidden = false;
  filter();
  reveal();
}
