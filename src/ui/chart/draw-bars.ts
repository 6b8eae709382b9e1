import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  Tooltip,
} from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

/** A place on the ground line. */
export interface Bar {
  /** Short, below the bar. */
  readonly label: string;
  /** In full. */
  readonly name: string;
  /** Where a click on it leads. */
  readonly href?: string;
}

export interface BarSeries {
  readonly name: string;
  /** A colour of CSS; custom properties are followed. */
  readonly color: string;
  /** One for each bar. */
  readonly values: readonly number[];
}

export type BarDrawing = Chart<'bar', number[], string>;

/** Draws empty axes on a canvas; `onPick` is told which bar was clicked. The colours are those around the canvas. */
export function drawBars(canvas: HTMLCanvasElement, onPick: (index: number) => void): BarDrawing {
  const muted = getComputedStyle(canvas).color;
  const font = { family: getComputedStyle(canvas).fontFamily, size: fontSizeOf(canvas) };
  const options: ChartConfiguration<'bar'>['options'] = {
    // Figures that change all day long must not move by themselves.
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    interaction: { mode: 'index', intersect: false },
    onClick: (_event, elements) => elements[0] && onPick(elements[0].index),
    scales: {
      x: {
        grid: { display: false },
        border: { color: resolveColor(canvas, 'var(--chart-line)') },
        ticks: { color: muted, font, maxRotation: 0, autoSkipPadding: 10 },
      },
      y: {
        beginAtZero: true,
        suggestedMax: 4,
        border: { display: false },
        grid: { color: resolveColor(canvas, 'var(--chart-line)') },
        ticks: { color: muted, font, precision: 0, maxTicksLimit: 5 },
        // The bars stay where they are when the numbers beside them grow longer.
        afterFit: (axis) => {
          axis.width = Math.max(axis.width, font.size * 3);
        },
      },
    },
    plugins: { tooltip: { titleFont: { family: font.family }, bodyFont: { family: font.family } } },
  };
  return new Chart<'bar', number[], string>(canvas, {
    type: 'bar',
    data: { labels: [], datasets: [] },
    options,
  });
}

/** Draws these bars in place of those before. */
export function updateBars(drawing: BarDrawing, bars: readonly Bar[], series: readonly BarSeries[]): void {
  drawing.data.labels = bars.map(({ label }) => label);
  drawing.data.datasets = series.map(({ name, color, values }, index) => ({
    ...drawing.data.datasets[index],
    label: name,
    data: [...values],
    backgroundColor: resolveColor(drawing.canvas, color),
    borderRadius: 3,
    categoryPercentage: 0.78,
    barPercentage: 0.92,
    maxBarThickness: 44,
  }));
  const tooltip = drawing.options.plugins?.tooltip;
  if (tooltip) tooltip.callbacks = { title: ([item]) => (item ? (bars[item.dataIndex]?.name ?? '') : '') };
  drawing.update('none');
}

/** A canvas knows no custom properties: what a colour is at this element. */
function resolveColor(element: HTMLElement, color: string): string {
  element.style.setProperty('--resolved', color);
  return getComputedStyle(element).getPropertyValue('--resolved').trim();
}

function fontSizeOf(element: HTMLElement): number {
  return Number.parseFloat(getComputedStyle(element).fontSize);
}
