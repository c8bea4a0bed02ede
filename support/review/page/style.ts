/** The sheet of the review page: light and dark, from a phone's width on. */
export const style = `
:root { color-scheme: light dark; --line: #8a94a0; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.5rem 0 0.5rem; }
a { color: LinkText; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; }
form > button { margin-top: 0.5rem; }
header p { margin: 0.3rem 0; overflow-wrap: anywhere; }
.doubt, .wrong { font-weight: 700; }
.doubt::before, .wrong::before { content: "! "; }
#standing { font-weight: 600; }
.faint { font-size: 0.9rem; }
h3 { font-size: 1.1rem; margin: 1rem 0 0.5rem; overflow-wrap: anywhere; }
main > details { margin: 1rem 0; } main > details > summary { font-weight: 600; cursor: pointer; }
article { border: 1px solid var(--line); border-radius: 8px; padding: 0 1rem 1rem; margin: 1rem 0; }
article:focus { outline: 3px solid Highlight; }
.badge { font-size: 0.85rem; border: 1px solid currentColor; border-radius: 5px; padding: 0 0.4rem; }
dl { margin: 0.5rem 0; overflow-wrap: anywhere; } dt { font-weight: 600; } dd { margin: 0 0 0 1rem; }
fieldset { border: 0; padding: 0; margin: 0.5rem 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; }
legend { font-weight: 600; padding: 0; }
.wide { display: block; } textarea { display: block; width: 100%; font: inherit; }
input, button { font: inherit; }
output { display: block; min-height: 1.5em; }
.sheet { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.sheet summary { list-style: none; cursor: zoom-in; }
.sheet img { width: 15rem; max-width: 100%; border: 1px solid var(--line); }
.sheet details[open] { flex-basis: 100%; } .sheet details[open] img { width: 100%; cursor: zoom-out; }
.contact { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0.6rem; }
.contact img { display: block; width: 100%; height: 8rem; object-fit: cover; object-position: left top; border: 1px solid var(--line); }
.contact span { font-size: 0.85rem; }
.rest li { margin: 0.3rem 0; }
.rest { padding-left: 1.2rem; overflow-wrap: anywhere; }
`;
