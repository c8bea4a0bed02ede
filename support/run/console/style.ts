import { style as base } from '../../review/page/style.ts';

/** The sheet of the console: that of the review page, with what is to be read from a step away. */
export const style = `${base}
body { max-width: 80rem; }
header.bar { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; align-items: center; padding-bottom: 0.6rem; }
header.bar h1 { font-size: 1.1rem; flex: 1 1 14rem; }
header.bar p { margin: 0; }
progress { width: 100%; height: 0.5rem; display: block; accent-color: #0b57d0; }
main.desk { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; margin-top: 1rem; }
@media (min-width: 60rem) { main.desk { grid-template-columns: minmax(0, 1fr) 22rem; } }
#now { min-height: 18rem; }
#now h2 { font-size: clamp(1.5rem, 3.4vw, 2.1rem); line-height: 1.2; margin: 0 0 0.8rem; overflow-wrap: anywhere; }
#now h2:focus { outline: none; }
.eyebrow { font-size: 0.9rem; margin: 0 0 0.3rem; overflow-wrap: anywhere; }
.first { border-left: 6px solid Highlight; padding: 0.4rem 0.8rem; margin: 0 0 1rem; background: color-mix(in srgb, Highlight 12%, Canvas); }
.amounts { display: flex; flex-wrap: wrap; gap: 0.5rem 3rem; margin: 0 0 1rem; }
.amounts div { display: flex; flex-direction: column-reverse; }
.amounts dd { margin: 0; font-size: clamp(3rem, 9vw, 5.5rem); font-weight: 700; line-height: 1.1; font-variant-numeric: tabular-nums; }
.amounts dt { font-weight: 400; font-size: 1rem; } .amounts .alone { position: absolute; opacity: 0; }
.how { font-size: 1.2rem; margin: 0 0 1rem; padding-left: 1.6rem; } .how li { margin: 0.3rem 0; }
.fields { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6rem; margin: 0 0 1rem; }
.fields dt { font-weight: 400; font-size: 0.9rem; } .fields dd { margin: 0; display: flex; gap: 0.6rem; align-items: center; }
.fields code { font: 600 1.15rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; user-select: all; }
.where { max-width: 100%; max-height: 22rem; border: 1px solid var(--line); border-radius: 8px; display: block; margin: 0 0 1rem; }
button, .file { font: inherit; padding: 0.5rem 1rem; border-radius: 8px; border: 1px solid var(--line); background: Canvas; color: CanvasText; cursor: pointer; min-height: 2.75rem; }
button.main { background: #0b57d0; color: #fff; border-color: #0b57d0; font-size: 1.15rem; font-weight: 600; padding: 0.7rem 1.6rem; min-height: 3.2rem; }
button:focus-visible, input:focus-visible, summary:focus-visible, .file:focus-within { outline: 3px solid Highlight; outline-offset: 2px; }
.choice:focus-within { outline: 3px solid Highlight; outline-offset: 2px; }
.waits { font-size: 1.05rem; margin: 0 0 1rem; }
.waits::before { content: ""; display: inline-block; width: 0.7em; height: 0.7em; margin-right: 0.5em; border-radius: 50%; background: #1a7f37; }
.row { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center; margin: 0 0 1rem; }
.choices { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 47%), 1fr)); gap: 0.6rem; border: 0; margin: 0 0 0.8rem; padding: 0; }
.choice { border: 2px solid var(--line); border-radius: 10px; padding: 0.7rem 0.8rem; display: block; cursor: pointer; }
.choice:has(input[type=radio]:checked) { border-color: #0b57d0; background: color-mix(in srgb, #0b57d0 14%, Canvas); }
.choice b { font-size: 1.1rem; line-height: 1.3; } .choice .faint { display: block; font-weight: 400; } .choice label { display: block; cursor: pointer; overflow-wrap: anywhere; }
.choice .buttons { display: none; margin-top: 0.4rem; }
.choice:has(input[type=radio]:checked) .buttons { display: block; }
.choice .buttons label { display: block; padding: 0.25rem 0; }
fieldset.more { display: block; } fieldset.more .small { display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; margin: 0.5rem 0; }
.small .choice { padding: 0.3rem 0.7rem; border-width: 1px; } .small .choice b { font-weight: 400; font-size: 1rem; }
#now details { margin: 0 0 0.8rem; } #now summary { cursor: pointer; padding: 0.4rem 0; }
select { font: inherit; padding: 0.5rem; border: 1px solid var(--line); border-radius: 8px; background: Canvas; color: CanvasText; min-height: 2.75rem; }
input[type=text], textarea { font: inherit; width: 100%; padding: 0.6rem; border: 1px solid var(--line); border-radius: 8px; background: Canvas; color: CanvasText; }
.photo { border: 2px dashed var(--line); border-radius: 10px; padding: 0.8rem; margin: 0 0 1rem; display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: center; }
.photo.over { border-color: Highlight; }
.photo canvas { max-height: 24rem; max-width: 100%; border: 1px solid var(--line); display: block; touch-action: none; cursor: crosshair; }
.photo #photo { flex: 1 1 12rem; }
.photo input { position: absolute; opacity: 0; width: 1px; height: 1px; }
.rows { padding-left: 2.2rem; } .rows li { margin: 0.4rem 0; }
#side h2 { font-size: 1rem; margin: 0 0 0.4rem; }
#side section { margin: 0 0 1.2rem; }
#side ol { list-style: none; margin: 0; padding: 0; max-height: 22rem; overflow: auto; font: 0.85rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
#side .bad { font-weight: 700; }
#phone img { width: 14rem; max-width: 100%; background: #fff; } .link { overflow-wrap: anywhere; }
#given img { display: block; max-height: 12rem; max-width: 100%; border: 1px solid var(--line); }
#wrong { margin: 0 0 0.5rem; } #wrong:empty { margin: 0; }
.last { position: sticky; bottom: 0; background: Canvas; padding: 0.6rem 0; margin: 0 0 0.6rem; }
dd button { flex: none; }
.paused { font-size: 1.3rem; font-weight: 600; }
.plan ul { padding-left: 1.2rem; } .plan li { margin: 0.3rem 0; }
.big { font-size: clamp(2rem, 6vw, 3.2rem); font-weight: 700; margin: 0.3rem 0; line-height: 1.1; }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 0.3rem; font-size: 0.85em; }
@media (max-width: 40rem) { .keys { display: none; } .choice { padding: 0.5rem 0.6rem; } .choice b { font-size: 1rem; } button.main { width: 100%; } }
`;
