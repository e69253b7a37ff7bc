"""Layouts held back: looked at only for the last score."""

from __future__ import annotations

import json
from html import escape

from news_pages.page import (
    Layout,
    Page,
    commented,
    cookies,
    footer,
    head,
    linked_data,
    menu,
    newsletter,
    page,
    paragraphs,
    share,
    teasers,
)
from news_pages.story import Story


def print_version(s: Story) -> Page:
    """What is left when a page is made ready for paper."""
    html = f"""<html lang="es"><head><meta charset="utf-8"><title>{escape(s.title)} - versión para imprimir</title><meta name="robots" content="noindex"></head><body onload="window.print()"><div class="logo">{s.outlet}</div><hr><h1>{escape(s.title)}</h1><p class="meta">{escape(s.author or "Redacción")} · {s.day}</p><div>{paragraphs(s)}</div><hr><p>Dirección de esta página: https://example.invalid/imprimir/8812</p><p>Fecha de impresión: 1 de diciembre de 2031</p></body></html>"""
    return page("print version", s, html)


def site_builder(s: Story) -> Page:
    """A page of a site builder: boxes in boxes, spans, no paragraph of its own name that means anything."""
    body = "".join(
        f'<div class="wixui-rich-text" data-testid="richTextElement" id="comp-{n}"><p class="font_8"><span style="letter-spacing:0"><span class="color_11">{escape(w)}</span></span></p></div>'
        for n, w in enumerate(s.paragraphs)
    )
    nav = "".join(
        f'<li data-testid="linkElement"><a><div><p>{w}</p></div></a></li>'
        for w in ("Inicio", "Quiénes somos", "Informes", "Donar")
    )
    html = f"""<!DOCTYPE html><html lang="es">{head(s, published=False, author=False)}<body class="responsive"><div id="SITE_CONTAINER"><div id="site-root"><div id="masterPage"><header id="SITE_HEADER"><nav><ul>{nav}</ul></nav></header><main id="PAGES_CONTAINER"><div id="SITE_PAGES"><div><div data-testid="mesh-container-content"><section><div data-testid="columns"><div><div class="wixui-rich-text"><h1 class="font_2"><span>{escape(s.title)}</span></h1></div><div class="wixui-rich-text"><p class="font_9">{s.day}</p></div>{body}</div></div></section><section><div class="wixui-rich-text"><h2>Apoye nuestro trabajo</h2></div><div class="wixui-rich-text"><p>Su aporte mantiene abierta la línea de ayuda a las familias.</p></div><button>Donar</button></section></div></div></div></main><footer id="SITE_FOOTER"><p>© 2031 por {s.outlet}</p></footer></div></div></div></body></html>"""
    return page("site builder", s, html, is_signed=False)


def tabloid(s: Story) -> Page:
    """An advertisement or an offer after every paragraph."""
    blocks = []
    for number, words in enumerate(s.paragraphs):
        blocks.append(f"<p>{escape(words)}</p>")
        blocks.append('<div class="ad-slot"><span class="ad-label">Publicidad</span><div id="div-gpt"></div></div>')
        if number == 1:
            blocks.append(newsletter())
        if number % 2:
            blocks.append(f'<p class="mira"><em>MIRA: <a href="/v/{number}">{s.chatter(1)[0]}</a></em></p>')
    html = f"""<!DOCTYPE html><html lang="es">{head(s, more=linked_data(s))}<body><div class="ticker"><span>ÚLTIMA HORA</span>{"".join(f"<a>{w}</a>" for w in s.chatter(5))}</div><header><ul>{menu(s, 10)}</ul></header><div class="container"><div class="col-8"><h1>{escape(s.title)}</h1><h2 class="sumario">{escape(s.standfirst)}</h2><div class="autor-fecha"><span class="autor">{escape(s.author or s.outlet)}</span><span class="fecha">{s.at:%d.%m.%Y} | {s.at:%H:%M}h</span></div>{share()}<div class="cuerpo-nota">{"".join(blocks)}</div><div class="taboola"><h3>Contenido patrocinado</h3>{teasers(s, 9)}</div></div><div class="col-4"><h3>Ranking</h3>{teasers(s, 10)}</div></div>{cookies()}{footer(s)}</body></html>"""
    return page("tabloid", s, html)


def longform(s: Story) -> Page:
    """A section to each paragraph, headings, an initial letter apart, quotes pulled out."""
    blocks, text = [], []
    for number, words in enumerate(s.paragraphs):
        if number in (2, 5):
            heading = s.subheads[number % 2]
            blocks.append(f'<section class="chapter"><h2>{escape(heading)}</h2></section>')
            text.append(heading)
        shown = f'<span class="dropcap">{words[0]}</span>{escape(words[1:])}' if number == 0 else escape(words)
        blocks.append(f'<section class="block block--text"><p>{shown}</p></section>')
        text.append(words)
        if number == 3:
            blocks.append(f'<aside class="pull"><q>{escape(words[:90])}</q></aside>')
    quoted = [s.paragraphs[3][:90]] if len(s.paragraphs) > 3 else []
    html = f"""<!DOCTYPE html><html lang="es">{head(s, more=linked_data(s, kind="ReportageNewsArticle"))}<body><story-progress></story-progress><header class="cover"><img src="c.jpg" alt=""><h1>{escape(s.title)}</h1><p class="dek">{escape(s.standfirst)}</p><p class="credits">Texto: {escape(s.author or s.outlet)} · Fotos: archivo</p></header><main class="story">{"".join(blocks)}</main><section class="credits-end"><h3>Créditos</h3><p>Edición: mesa de datos. Diseño: taller de infografía.</p></section>{newsletter()}{footer(s)}</body></html>"""
    return page("longform", s, html, text=text, free=quoted)


def joomla(s: Story) -> Page:
    """An old content system: a table of article info, icons, previous and next."""
    html = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="es-es" lang="es-es"><head><meta http-equiv="content-type" content="text/html; charset=utf-8" /><title>{escape(s.title)}</title><meta name="generator" content="Joomla! 1.5" />{f'<meta name="author" content="{escape(s.author)}" />' if s.author else ""}</head><body id="bd"><div id="ja-header"><h1><a href="/">{s.outlet}</a></h1></div><ul class="menu">{menu(s)}</ul><div id="ja-content"><div class="item-page"><h2 class="contentheading">{escape(s.title)}</h2><ul class="actions"><li class="print-icon"><a>Imprimir</a></li><li class="email-icon"><a>Correo</a></li></ul><dl class="article-info"><dt class="article-info-term">Detalles</dt><dd class="category-name">Categoría: Nacionales</dd><dd class="published">Publicado el {s.day}</dd><dd class="createdby">Escrito por {escape(s.author or "Administrador")}</dd><dd class="hits">Visitas: 2318</dd></dl>{paragraphs(s)}<ul class="pagenav"><li class="pagenav-prev"><a>&lt; Prev</a></li><li class="pagenav-next"><a>Próximo &gt;</a></li></ul></div></div><div id="ja-col"><div class="moduletable"><h3>Últimas noticias</h3><ul>{"".join(f"<li><a>{w}</a></li>" for w in s.chatter(6))}</ul></div><div class="moduletable"><h3>Encuesta</h3><p>¿Cree en las cifras oficiales?</p></div></div>{footer(s)}</body></html>"""
    return page("joomla", s, html)


def ministry(s: Story) -> Page:
    """A release of an office: numbered points, a place and a date at the end."""
    points = s.paragraphs[1:]
    listed = "".join(f"<li>{escape(w)}</li>" for w in points)
    sign = f"{s.place}, {s.day}"
    html = f"""<!DOCTYPE html><html lang="es">{head(s, og=False, published=False, author=False)}<body><div class="gov-header"><img alt="Escudo"><span>Gobierno</span></div><nav class="breadcrumbs"><a>Inicio</a> / <a>Sala de prensa</a> / <a>Comunicados</a></nav><div id="main-content"><div class="comunicado"><h1>{escape(s.title)}</h1><p class="numero">Comunicado N.º 114</p><div class="texto"><p>{escape(s.paragraphs[0])}</p><ol>{listed}</ol><p style="text-align:right">{escape(sign)}</p></div><div class="descargas"><a>Descargar PDF (212 kB)</a></div></div></div><div class="enlaces"><h3>Enlaces de interés</h3><ul>{menu(s, 6)}</ul></div>{footer(s)}</body></html>"""
    return page("ministry", s, html, free=[sign, "Comunicado N.º 114"], is_signed=False)


def newsletter_site(s: Story) -> Page:
    """A letter of a writer: subscription boxes within, likes and comments."""
    middle = len(s.paragraphs) // 2
    first = "".join(f"<p><span>{escape(w)}</span></p>" for w in s.paragraphs[:middle])
    rest = "".join(f"<p><span>{escape(w)}</span></p>" for w in s.paragraphs[middle:])
    box = '<div class="subscription-widget-wrap"><div class="subscription-widget show-subscribe"><div class="preamble"><p>Gracias por leer. Suscríbase gratis para recibir las próximas cartas y apoyar este trabajo.</p></div><form><input type="email"><input type="submit" value="Subscribe"></form></div></div>'
    html = f"""<!DOCTYPE html><html lang="es">{head(s, title=f"{s.title} - por {s.author or s.outlet}", author=False, more=linked_data(s))}<body><div id="entry"><div id="main" class="main"><div class="main-menu"><a>{s.outlet}</a><button>Suscribirse</button></div><div class="single-post-container"><article class="newsletter-post post"><div class="post-header"><h1 class="post-title">{escape(s.title)}</h1><h3 class="subtitle">{escape(s.standfirst)}</h3><div class="byline-wrapper"><a>{escape(s.author or s.outlet)}</a><div>{s.at:%d} {s.day.split()[2][:3]} {s.at.year}</div></div><div class="like">12</div></div><div class="available-content"><div class="body markup">{first}{box}{rest}</div></div></article></div><div class="comments-section"><h4>Comentarios</h4>{"".join(f"<div class=comment><p>{c}</p></div>" for c in s.comments(3))}</div></div></div></body></html>"""
    return page("newsletter site", s, html)


def div_soup(s: Story) -> Page:
    """No article, no paragraph: divs alone, and a list of other stories that looks the same."""
    body = "".join(f'<div class="parrafo">{escape(w)}</div>' for w in s.paragraphs)
    others = "".join(
        f'<div class="caja"><div class="tit">{w}</div><div class="parrafo">{escape(s.aside())}</div></div>'
        for w in s.chatter(5)
    )
    html = f"""<!DOCTYPE html><html lang="es">{head(s, og=False, published=False)}<body><div class="cabecera"><div class="menu">{"".join(f"<div class=opcion>{w}</div>" for w in s.chatter(6))}</div></div><div class="centro"><div class="nota"><div class="titular">{escape(s.title)}</div><div class="datos">{s.at:%d-%m-%Y}</div>{body}</div><div class="otras">{others}</div></div><div class="pie">{s.outlet} 2031</div></body></html>"""
    return page("div soup", s, html, is_signed=False)


def microdata(s: Story) -> Page:
    """What is what is told by itemprop."""
    by = (
        f'<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{escape(s.author)}</span></span>'
        if s.author
        else ""
    )
    html = f"""<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>{escape(s.title)}</title></head><body itemscope itemtype="https://schema.org/NewsArticle"><header><ul>{menu(s)}</ul></header><main><h1 itemprop="headline">{escape(s.title)}</h1><p itemprop="description">{escape(s.standfirst)}</p><meta itemprop="datePublished" content="{s.iso}">{by}<span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="{escape(s.outlet)}"></span>{share()}<div itemprop="articleBody">{paragraphs(s)}</div><div class="etiquetas"><span itemprop="keywords">cárceles</span></div></main>{commented(s, 3)}<section>{teasers(s, 5, with_text=True)}</section>{footer(s)}</body></html>"""
    return page("microdata", s, html)


def figures_table(s: Story) -> Page:
    """A story with a table of figures and a list in it, both part of what is told."""
    rows = [(p, str(s.chance.randint(20, 900))) for p in ("Pabellón norte", "Pabellón sur", "Enfermería", "Mujeres")]
    cells = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows)
    points = [s.aside() for _ in range(3)]
    listed = "".join(f"<li>{escape(w)}</li>" for w in points)
    first, rest = s.paragraphs[:2], s.paragraphs[2:]
    html = f"""<!DOCTYPE html><html lang="es">{head(s, more=linked_data(s))}<body><header><ul>{menu(s)}</ul></header><main><article class="news"><h1>{escape(s.title)}</h1><p class="sub">{escape(s.standfirst)}</p><div class="content">{"".join(f"<p>{escape(w)}</p>" for w in first)}<table class="datos"><thead><tr><th>Lugar</th><th>Personas</th></tr></thead><tbody>{cells}</tbody></table><ul class="puntos">{listed}</ul>{"".join(f"<p>{escape(w)}</p>" for w in rest)}</div></article><aside>{teasers(s)}</aside></main>{footer(s)}</body></html>"""
    text = [*first, "Lugar Personas", *(f"{a} {b}" for a, b in rows), *points, *rest]
    return page("figures table", s, html, text=text)


def vue_payload(s: Story) -> Page:
    """A shell whose story is in JSON-LD alone."""
    state = json.dumps({"route": "/nota", "layout": "default", "menu": s.chatter(4)}, ensure_ascii=False)
    html = f"""<!DOCTYPE html><html lang="es">{head(s, author=False, published=False, more=linked_data(s, body=True))}<body><div id="app"><div class="spinner">Cargando…</div></div><script>window.__NUXT__={state}</script></body></html>"""
    return page("vue payload", s, html)


LAYOUTS: tuple[Layout, ...] = (
    print_version, site_builder, tabloid, longform, joomla, ministry, newsletter_site, div_soup, microdata, figures_table,
    vue_payload,
)  # fmt: skip
