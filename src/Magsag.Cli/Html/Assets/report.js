(() => {
  'use strict';
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const money = (usd, least) => '$' + usd.toLocaleString('en-US', { minimumFractionDigits: least, maximumFractionDigits: Math.max(least, usd === 0 ? 0 : 2 - Math.floor(Math.log10(Math.abs(usd)))) });
  let drawn = [];

  // All ticks of an axis have the decimals that its steps need.
  function tick(usd, index, ticks) {
    const step = ticks.length > 1 ? Math.abs(ticks[1].value - ticks[0].value) : usd;
    const decimals = step >= 1 && Number.isInteger(step) ? 0 : Math.min(12, Math.max(2, Math.ceil(-Math.log10(step || 1) - 1e-9)));
    return '$' + usd.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  }

  // Begin and end tell names apart; a character is never cut in half.
  function shorten(name, width) {
    const letters = [...name];
    const most = Math.max(14, Math.floor(width / 7));
    const head = Math.ceil(most / 3);
    return letters.length <= most ? name : letters.slice(0, head).join('') + '…' + letters.slice(head + 1 - most).join('');
  }

  function settings(chart) {
    const isTime = chart.kind === 'time';
    const amounts = { ticks: { color: colour('--soft'), callback: tick, maxTicksLimit: innerWidth < 640 ? 4 : 6 }, grid: { color: colour('--line') }, border: { display: false }, beginAtZero: true, stacked: isTime };
    const names = { ticks: { color: colour('--soft'), autoSkip: isTime, maxRotation: 0, autoSkipPadding: 16 }, grid: { display: false }, border: { color: colour('--line') }, stacked: isTime };
    if (!isTime) {
      names.ticks.callback = function label(index) { return shorten(this.getLabelForValue(index), this.chart.width * .36 * 12 / Chart.defaults.font.size); };
    }

    return {
      type: 'bar',
      data: {
        labels: chart.labels,
        datasets: chart.series.map((series, index) => ({
          label: series.name,
          data: series.values,
          backgroundColor: colour('--series-' + Math.min(index, 6)),
          maxBarThickness: isTime ? 48 : 20,
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        indexAxis: isTime ? 'x' : 'y',
        interaction: { mode: 'index', axis: isTime ? 'x' : 'y', intersect: false },
        layout: { padding: { right: 8 } },
        scales: isTime ? { x: names, y: amounts } : { x: amounts, y: names },
        plugins: {
          legend: { display: false },
          tooltip: {
            callbacks: {
              title: items => items.length === 0 ? '' : shorten(items[0].label, innerWidth * .6),
              label: item => `${shorten(item.dataset.label, innerWidth * .4)}: ${money(item.raw, 2)}`,
              footer: items => isTime && items.length > 1 ? `Total: ${money(items.reduce((sum, item) => sum + item.raw, 0), 2)}` : '',
            },
            filter: item => item.raw !== 0,
          },
        },
      },
    };
  }

  function draw() {
    drawn.forEach(chart => chart.destroy());
    const data = document.getElementById('charts');
    document.querySelectorAll('.chart[data-bars]').forEach(box => box.style.setProperty('--bars', box.dataset.bars));
    drawn = data === null ? [] : JSON.parse(data.textContent).map(chart => new Chart(document.getElementById(chart.id), settings(chart)));
  }

  // Paper is white, whatever the screen is, and its width that a chart is scaled to is that of A4.
  function printing(isPrinting) {
    document.documentElement.classList.toggle('printing', isPrinting);
    Chart.defaults.font.size = isPrinting ? 11 * Math.max(1, (document.querySelector('.chart')?.clientWidth ?? 0) / 700) : 12;
    draw();
  }

  // What the reader opened, scrolled to or stands on stays as it was.
  function replace(content) {
    const stops = () => [...document.querySelectorAll('main a, main summary, main .scroll')];
    const open = [...document.querySelectorAll('details[open]')].map(details => details.id);
    const scrolled = [...document.querySelectorAll('.scroll')].map(box => box.scrollLeft);
    const focus = stops().indexOf(document.activeElement);
    const top = scrollY;
    document.querySelector('main').outerHTML = content;
    open.forEach(id => { const details = document.getElementById(id); if (details !== null) details.open = true; });
    document.querySelectorAll('.scroll').forEach((box, index) => { box.scrollLeft = scrolled[index] ?? 0; });
    if (focus >= 0) stops()[focus]?.focus({ preventScroll: true });
    draw();
    scrollTo({ top, behavior: 'instant' });
  }

  function live() {
    const state = document.getElementById('state');
    const pause = document.getElementById('pause');
    let isPaused = false, isBusy = false, isStale = false;

    // Said once, or a screen reader would repeat it.
    function say(text, mood) {
      if (state.textContent !== text) state.textContent = text;
      state.className = mood;
    }

    async function follow() {
      isStale = true;
      if (isBusy || isPaused) return;
      isBusy = true;
      while (isStale && !isPaused) {
        isStale = false;
        try {
          const response = await fetch('content', { cache: 'no-store' });
          const text = await response.text();
          if (response.ok) {
            replace(text);
            say('Live: follows what is recorded', 'on');
          } else {
            say(`Not up to date: ${text}`, 'off');
            setTimeout(follow, 3000);
          }
        } catch {
          lost();
        }
      }
      isBusy = false;
    }

    function lost() {
      if (!isPaused) say('Not up to date: the dashboard doesn’t answer. Trying again …', 'off');
    }

    function listen() {
      const events = new EventSource('events');
      events.addEventListener('changed', follow);
      events.addEventListener('problem', event => { if (!isPaused) say(`Not up to date: ${event.data}`, 'off'); });
      events.onerror = () => {
        lost();
        if (events.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
      };
    }

    pause.hidden = false;
    pause.addEventListener('click', () => {
      isPaused = !isPaused;
      pause.textContent = isPaused ? 'Resume' : 'Pause';
      if (isPaused) say('Paused', '');
      else follow();
    });
    listen();
  }

  document.documentElement.classList.add('charts');
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  matchMedia('(forced-colors: active)').addEventListener('change', draw);
  addEventListener('beforeprint', () => printing(true));
  addEventListener('afterprint', () => printing(false));
  if (document.getElementById('state') !== null) live();
})();
