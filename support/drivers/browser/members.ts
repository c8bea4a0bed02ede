/** The members of a step that enter what `with` says. */
export const entering = ['fill', 'type', 'digits', 'select'] as const;

/** The members of a step that do something with the page, which a message box of its own keeps from it. */
export const touches = ['click', 'clickText', 'check', ...entering, 'press', 'scroll'] as const;
