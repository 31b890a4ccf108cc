// Everything on the page is a function of (run, step).
'use strict';
const at = id => document.getElementById(id);
const color = task => `var(--t${(task + 7) % 8})`;
const make = (tag, words, kind) => {
  const node = document.createElement(tag);
  if (words !== undefined) node.textContent = words;
  if (kind) node.className = kind;
  return node;
};
const badge = task => {
  const node = make('span', run.tasks[task][1], 'badge');
  node.style.background = color(task);
  return node;
};

let step = 0, playing = 0;

at('hash').textContent = 'run ' + run.hash;
at('file').textContent = run.file;
at('scrub').max = run.steps.length - 1;
if (!run.whole) {
  at('cut').hidden = false;
  at('cut').textContent = `The run has ${run.events} events; this page steps through the first ${run.steps.length} switches and prints.`;
}
const lines = run.lines.map(words => {
  const row = make('li');
  row.append(make('span', '', 'at'), make('span', words));
  at('code').append(row);
  return row;
});
const prints = run.prints.map(([event, time, task, words]) => {
  const row = make('li');
  row.tabIndex = 0;
  row.append(make('time', time), make('span', words.replace(/\n$/, '')));
  if (task) row.style.boxShadow = `inset 3px 0 0 ${color(task)}`;
  row.style.paddingLeft = '10px';
  row.onclick = () => go(run.steps.findIndex(s => s[0] >= event));
  row.onkeydown = e => { if (e.key === 'Enter') row.onclick(); };
  at('output').append(row);
  return row;
});

function card(task, first, second) {
  const node = make('li');
  node.style.borderColor = color(task);
  const name = make('div');
  name.append(badge(task), ' ' + run.tasks[task][0]);
  node.append(name);
  for (const words of [first, second]) if (words) node.append(make('p', words));
  return node;
}

function fill(list, cards) {
  list.replaceChildren(...(cards.length ? cards : [make('li', 'nobody', 'nobody')]));
}

function draw() {
  const [event, time, place, say, running, line, ready, waiting, marks] = run.steps[step];
  at('clock').textContent = `clock ${time} s`;
  at('say').textContent = say;
  at('say').style.borderLeftColor = running ? color(running) : '';
  fill(at('ready'), ready.map(task => card(task)));
  fill(at('running'), running ? [card(running, (run.lines[line - 1] || '').trim())] : []);
  at('running').firstChild.classList.toggle('on', running > 0);
  fill(at('waiting'), waiting.map(([task, what, until]) => card(task, what, until)));
  lines.forEach(row => { row.style.background = ''; row.firstChild.replaceChildren(); });
  for (const [task, number] of marks) {
    const row = lines[number - 1];
    if (!row) continue;
    row.firstChild.append(badge(task));
    row.style.background = `color-mix(in srgb, ${color(task)} ${task === running ? 28 : 10}%, transparent)`;
  }
  if (running && lines[line - 1]) {
    const box = at('code').parentNode, row = lines[line - 1];
    if (row.offsetTop < box.scrollTop || row.offsetTop > box.scrollTop + box.clientHeight - 40)
      box.scrollTop = row.offsetTop - box.clientHeight / 2;
  }
  prints.forEach((row, i) => row.classList.toggle('done', run.prints[i][0] <= event));
  const x = 100 * (run.left + run.width * place / 10000) / run.total;
  at('head').style.left = x + '%';
  at('veil').style.left = x + '%';
  at('scrub').value = step;
  at('where').textContent = `event ${event + 1} / ${run.events}`;
}

function go(to) {
  step = Math.max(0, Math.min(run.steps.length - 1, to));
  draw();
}

function play(on) {
  clearInterval(playing);
  playing = 0;
  at('play').textContent = on ? 'pause' : 'play';
  if (!on) return;
  if (step + 1 >= run.steps.length) go(0);
  playing = setInterval(() => (step + 1 < run.steps.length ? go(step + 1) : play(false)), 600);
}

function seek(pointer) {
  const box = at('picture').getBoundingClientRect();
  const place = ((pointer.clientX - box.left) / box.width * run.total - run.left) / run.width * 10000;
  let found = run.steps.findIndex(s => s[2] >= place);
  go(found < 0 ? run.steps.length - 1 : found);
}

at('first').onclick = () => { play(false); go(0); };
at('back').onclick = () => { play(false); go(step - 1); };
at('next').onclick = () => { play(false); go(step + 1); };
at('last').onclick = () => { play(false); go(run.steps.length - 1); };
at('play').onclick = () => play(!playing);
at('scrub').oninput = () => { play(false); go(+at('scrub').value); };
at('picture').onpointerdown = e => { at('picture').setPointerCapture(e.pointerId); play(false); seek(e); };
at('picture').onpointermove = e => { if (e.buttons) seek(e); };
const turn = () => document.documentElement.classList.toggle('is-light');
at('theme').onclick = turn;
if (window.matchMedia('(prefers-color-scheme: light)').matches) turn();
const keys = {
  ArrowRight: () => at('next').click(), ArrowLeft: () => at('back').click(),
  Home: () => at('first').click(), End: () => at('last').click(),
  ' ': () => at('play').click(), t: turn, T: turn,
};
document.addEventListener('keydown', e => {
  if (!keys[e.key] || e.ctrlKey || e.metaKey || e.target.tagName === 'BUTTON' && e.key === ' ') return;
  if (e.target === at('scrub') && e.key.startsWith('Arrow')) return;
  e.preventDefault();
  keys[e.key]();
});
if (run.steps.length) draw();
