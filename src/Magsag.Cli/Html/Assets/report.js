(() => {
  'use strict';
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const count = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const small = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3, maximumFractionDigits: 20 });
  const tick = usd => '$' + (usd >= 0.01 || usd === 0 ? count : small).format(usd);
  const money = usd => usd === 0 ? '$0' : '$' + (Math.abs(usd) >= 1 ? count : small).format(usd);
  let drawn = [];

  // The end of a name tells call sites and tests apart.
  const shorten = name => {
    const most = innerWidth < 640 ? 18 : 34;
    return name.length <= most ? name : '…' + name.slice(1 - most);
  };

  function settings(chart) {
    const isTime = chart.kind === 'time';
    const amounts = { ticks: { color: colour('--soft'), callback: tick, maxTicksLimit: innerWidth < 640 ? 4 : 6 }, grid: { color: colour('--line') }, beginAtZero: true, stacked: isTime };
    const names = { ticks: { color: colour('--soft'), autoSkip: isTime, maxRotation: 0, autoSkipPadding: 16, callback(index) { return shorten(this.getLabelForValue(index)); } }, grid: { display: false }, stacked: isTime };
    return {
      type: 'bar',
      data: {
        labels: chart.labels,
        datasets: chart.series.map((series, index) => ({
          label: series.name,
          data: series.values,
          backgroundColor: colour('--series-' + Math.min(index, 6)),
          maxBarThickness: isTime ? 48 : 22,
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        indexAxis: isTime ? 'x' : 'y',
        interaction: { mode: 'index', axis: isTime ? 'x' : 'y', intersect: false },
        scales: isTime ? { x: names, y: amounts } : { x: amounts, y: names },
        plugins: {
          legend: { display: isTime && chart.series.length > 1, labels: { color: colour('--ink'), boxWidth: 12 } },
          tooltip: { callbacks: { label: item => `${item.dataset.label}: ${money(item.raw)}` }, filter: item => item.raw !== 0 },
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

  async function follow() {
    const response = await fetch('content', { cache: 'no-store' });
    if (!response.ok) return;
    const open = [...document.querySelectorAll('details')].map(details => details.open);
    document.querySelector('main').outerHTML = await response.text();
    document.querySelectorAll('details').forEach((details, index) => { details.open = open[index] ?? false; });
    draw();
  }

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  addEventListener('beforeprint', () => drawn.forEach(chart => chart.resize()));
  if (document.body.dataset.live === 'true') {
    new EventSource('events').addEventListener('changed', follow);
  }
})();
