// The colours of the page, light and dark. Every ink stands on every ground of its theme with a contrast of 4.5 or more.

const light = `
color-scheme: light;
--paper: #fcfcfa; --raised: #fff; --sunken: #f3f3f0; --line: #e0e0da; --strong-line: #c4c5bd; --edge: #8d939a;
--ink: #1b1e22; --soft: #5a616a; --link: #1a5a96; --focus: #1f6fb8;
--good: #1a6b3c; --good-ground: #e3f2e8; --reused: #0d5f7d; --reused-ground: #e0f0f5;
--work: #1f5aa8; --work-ground: #e4edf9; --open: #8a5200; --open-ground: #faeedb;
--bad: #a8231a; --bad-ground: #fbe7e4; --idle: #5a616a; --idle-ground: #ecece8;
--shadow: 0 12px 40px rgb(20 24 28 / .16);`

const dark = `
color-scheme: dark;
--paper: #14171a; --raised: #1b1f23; --sunken: #101214; --line: #2c3238; --strong-line: #454d55; --edge: #727c86;
--ink: #e7e9ea; --soft: #a3acb5; --link: #83b9ec; --focus: #6aaeea;
--good: #7fcf9b; --good-ground: #17301f; --reused: #7cc7de; --reused-ground: #12303a;
--work: #92bbf0; --work-ground: #182c47; --open: #e9b465; --open-ground: #38290f;
--bad: #f2958c; --bad-ground: #421c19; --idle: #a3acb5; --idle-ground: #262b30;
--shadow: 0 12px 40px rgb(0 0 0 / .5);`

/** As the system has it, unless the reader has chosen; on paper always light. */
export const colours = `
:root {${light}}
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) {${dark}} }
:root[data-theme=dark] {${dark}}
@media print { :root, :root[data-theme], :root:not([data-theme=light]) {${light}
--paper: #fff; --sunken: #fff} }
.good { --tone: var(--good); --ground: var(--good-ground) }
.reused { --tone: var(--reused); --ground: var(--reused-ground) }
.work { --tone: var(--work); --ground: var(--work-ground) }
.open { --tone: var(--open); --ground: var(--open-ground) }
.bad { --tone: var(--bad); --ground: var(--bad-ground) }
.idle, .plain { --tone: var(--idle); --ground: var(--idle-ground) }
`
