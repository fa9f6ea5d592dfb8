"""The report of a reproduction: one HTML file with its pictures inside, that loads nothing from anywhere."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping, Sequence
from html import escape
from importlib import resources

import numpy as np

from tools import metrics
from tools.reproduction import captions, comparison, documents, folder
from tools.reproduction.folder import Result


def page(
    title: str,
    summary: str,
    results: Sequence[Result],
    output: str,
    convolution: Sequence[str],
    environment: Mapping[str, str],
) -> str:
    """Returns the report.

    Args:
      title: its heading.
      summary: a sentence or two under it.
      results: of the systems that are done, in the order of the report.
      output: the folder of the reproduction, whose figures are read.
      convolution: lines about system C0; none leave it out.
      environment: what the figures depend on, by name.
    """
    places = {result.model: documents.SYSTEMS[result.model].label for result in results}
    places |= {'convolution': 'C0'} if convolution else {}
    places['environment'] = 'Environment'
    parts = [
        f'<h1>{escape(title)}</h1><p>{escape(summary)}</p>',
        _summary_table(results),
        f'<p class="legend">{escape(captions.TABLE)}</p>',
        f'<nav>{" ".join(_link(place, text) for place, text in places.items())}</nav>',
        *(_section(result, folder.model_dir(output, result.model)) for result in results),
        _convolution(convolution) if convolution else '',
        '<section id="environment"><h2>Environment</h2>',
        _table(('', ''), list(environment.items()), head=False),
        '</section>',
    ]
    style = resources.files('tools.reproduction').joinpath('report.css').read_text(encoding='utf-8')
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" '
        f'content="light dark"><title>{escape(title)}</title><style>\n{style}</style></head>\n<body><main>'
        + '\n'.join(parts)
        + '</main></body></html>\n'
    )


def _summary_table(results: Sequence[Result]) -> str:
    rows = [comparison.row(result) for result in results]
    cells = [[_link(row.model, row.label), f'<code>{row.model}</code>', *row[2:-1]] for row in rows]
    # The seed stands in each system's section.
    return _table(comparison.COLUMNS[:-1], cells, markup=2)


def _section(result: Result, model_dir: str) -> str:
    system = documents.SYSTEMS[result.model]
    row = comparison.row(result)
    facts = [
        ('Training', f'{row.done} ({row.share}), {row.seconds} minutes, seed {row.seed}'),
        ('Test accuracy', f'{row.accuracy} ({np.trace(result.matrix):,} of {np.sum(result.matrix):,})'),
        ('Published', f'{system.accuracy} after {system.amount:,} {system.unit}'),
        ('Test loss', row.loss + (f', published {system.loss}' if system.loss else '')),
        ('Parameters', row.parameters),
    ]
    meanwhile = comparison.meanwhile(system, result.curves)
    return '\n'.join(
        [
            f'<section id="{system.model}"><h2>{system.label} {escape(system.title)} <code>{system.model}</code></h2>',
            f'<p>{escape(system.about)} <span class="legend">Document {system.document}.</span></p>',
            f'<p>{escape(system.note)}</p>' if system.note else '',
            '<div class="facts">',
            _table(('', ''), facts, head=False),
            _table(('While training', '', 'published', 'measured'), meanwhile) if meanwhile else '',
            '</div>',
            '<div class="figures">',
            *(_figure(name, os.path.join(model_dir, 'figures', f'{name}.png')) for name in captions.order(result)),
            '</div>',
            '<details><summary>Precision, recall and F1 by class</summary>',
            f'<pre>{escape(metrics.classification_report(result.matrix).text())}</pre></details></section>',
        ]
    )


def _link(place: str, text: str) -> str:
    return f'<a href="#{place}">{text}</a>'


def _figure(name: str, path: str) -> str:
    """A picture with its caption; its place says so where the file is gone."""
    caption = escape(captions.of(name))
    try:
        with open(path, 'rb') as file:
            data = base64.b64encode(file.read()).decode('ascii')
    except FileNotFoundError:
        return f'<figure><figcaption>{caption} (the file was removed)</figcaption></figure>'
    image = f'<img alt="{caption}" src="data:image/png;base64,{data}">'
    return f'<figure class="{captions.WIDTHS.get(name, "narrow")}">{image}<figcaption>{caption}</figcaption></figure>'


def _convolution(lines: Sequence[str]) -> str:
    items = ''.join(f'<li>{escape(line)}</li>' for line in lines)
    return (
        '<section id="convolution"><h2>C0 Convolution by hand</h2><p>True convolution and pooling in NumPy: the kernel '
        f'is rotated. <span class="legend">Document 3.</span></p><ul>{items}</ul></section>'
    )


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], head: bool = True, markup: int = 0) -> str:
    """A table; the first `markup` cells of a row are HTML already."""
    header = f'<thead><tr>{"".join(f"<th>{escape(c)}</th>" for c in columns)}</tr></thead>' if head else ''
    body = ''.join(
        f'<tr>{"".join(f"<td>{cell if i < markup else escape(cell)}</td>" for i, cell in enumerate(row))}</tr>'
        for row in rows
    )
    kind = 'numbers' if head else 'pairs'
    return f'<div class="table"><table class="{kind}">{header}<tbody>{body}</tbody></table></div>'
