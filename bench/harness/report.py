# SPDX-License-Identifier: Apache-2.0
"""The Markdown table: medians, ratios to the best peer, goals."""
import statistics

from .rows import ROWS, Goal

MEASURED_ONCE = {
    'start': ('Start to ready, data present', 's', Goal(limit=12)),
    'first-start': ('First start, empty folder', 's', Goal()),
    'rss-idle': ('RSS after start, idle', 'MB', Goal()),
    'rss-loaded': ('RSS after all rows', 'MB', Goal()),
}
COST = (('cpu_ms_per_request', 'CPU-s per 1,000 requests', 1), ('cpu_s_per_gb', 'CPU-s per GB', 1),
        ('cpu_s', 'CPU-s', 1))


def figure(value):
    if value is None:
        return '-'
    return f'{value:,.0f}' if value >= 100 else f'{value:.1f}' if value >= 10 else f'{value:.2f}'


def verdict(met):
    return 'met' if met else '**missed**'


def _median(results, key='value'):
    values = [result[key] for result in results if result.get(key) is not None]
    return statistics.median(values) if values else None


def _lines():
    for key, (title, unit, goal) in list(MEASURED_ONCE.items())[:3]:
        yield key, title, unit, False, goal
    for row in ROWS:
        yield row.id, row.title, row.unit, row.higher, row.goal
    yield ('rss-loaded', *MEASURED_ONCE['rss-loaded'][:2], False, MEASURED_ONCE['rss-loaded'][2])


class Report:
    """`measured`: row id -> server key -> list of results; `failed`: the same with the reason."""

    def __init__(self, servers, measured, failed, facts):
        self.servers, self.measured, self.failed, self.facts = servers, measured, failed, facts

    def value(self, row, server, key='value'):
        return _median(self.measured.get(row, {}).get(server.key, []), key)

    def best_peer(self, row, higher):
        values = [value for server in self.servers if server.peer and not server.static
                  if (value := self.value(row, server)) is not None]
        return (max if higher else min)(values) if values else None

    def own(self, row):
        return next((self.value(row, server) for server in self.servers if not server.peer), None)

    def cell(self, row, server):
        value = self.value(row, server)
        return 'failed' if value is None and server.key in self.failed.get(row, {}) else figure(value)

    def verdict(self, row, higher, goal):
        own, best = self.own(row), self.best_peer(row, higher)
        ratio = f'{own / best:.2f}×' if own is not None and best else '-'
        text = goal.text(higher)
        if not text or own is None:
            ours_failed = any(not server.peer and server.key in self.failed.get(row, {}) for server in self.servers)
            return [ratio, text or '-', '**missed**' if text and ours_failed else '-']
        met = goal.met(higher, own, best, self.own(goal.same_as) if goal.same_as else None)
        return [ratio, text, '-' if met is None else verdict(met)]

    def markdown(self):
        lines = ['# Results', '', *(f'- {name}: {text}' for name, text in self.facts.items()), '',
                 'Each figure is the median of the runs; the ratio is Harbor EE to the best peer (nginx, which only '
                 'serves files, does not count). For times and memory less is better.', '']
        names = [server.title + (f' {server.version}' if server.version and server.peer else '')
                 for server in self.servers]
        lines += table(['row', 'unit', *names, 'ratio', 'goal', ''], self._rows())
        cost = self._cost()
        if cost:
            lines += ['', '## CPU time of the server', '',
                      'Of the whole process tree; for Harbor EE that is launcher, application server and database.', '']
            lines += table(['row', 'unit', *names], cost)
        failures = [f'- {row}, {key}: {reason}' for row, of in self.failed.items() for key, reason in of.items()]
        if failures:
            lines += ['', '## Failed', '', *failures]
        return '\n'.join(lines) + '\n'

    def _rows(self):
        for row, title, unit, higher, goal in _lines():
            if row in self.measured or row in self.failed:
                yield [title, unit, *(self.cell(row, server) for server in self.servers),
                       *self.verdict(row, higher, goal)]

    def _cost(self):
        rows = []
        for row, title, _, _, _ in _lines():
            for key, unit, _ in COST:
                values = [self.value(row, server, key) for server in self.servers]
                if any(value is not None for value in values):
                    rows.append([title, unit, *map(figure, values)])
        return rows


def table(head, rows):
    """Lines of a Markdown table; the first two columns are text."""
    yield '| ' + ' | '.join(head) + ' |'
    yield '|---|---|' + '---:|' * (len(head) - 2)
    for row in rows:
        yield '| ' + ' | '.join(row) + ' |'
