"""Layouts for development."""

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


def wordpress_classic(s: Story) -> Page:
    """A blog theme of the 2010s: sidebar, sharing below, related posts, comments."""
    by = (
        f'<span class="author vcard"><a class="url fn n" href="/author/x">{escape(s.author)}</a></span>'
        if s.author
        else ""
    )
    html = f"""<!DOCTYPE html><html lang="es-VE">{head(s, author=False)}<body class="single single-post">
<div id="page"><header id="masthead"><p class="site-title"><a href="/">{s.outlet}</a></p><nav id="site-navigation"><ul>{menu(s)}</ul></nav></header>
<div id="content"><div id="primary"><article id="post-881" class="post-881 post type-post"><header class="entry-header">
<h1 class="entry-title">{escape(s.title)}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{s.iso}">{s.day}</time></span> <span class="byline">por {by}</span></div></header>
<div class="entry-content">{paragraphs(s)}<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Comparte esto:</h3>{share()}</div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Relacionado</h3>{teasers(s, 3, with_text=True)}</div></div>
<footer class="entry-footer"><span class="cat-links">Publicado en <a href="/c">Sucesos</a></span><span class="tags-links">Etiquetas <a>cárceles</a>, <a>{s.place}</a></span></footer></article>
<nav class="post-navigation"><a rel="prev" href="/1">Anterior: {s.chatter(1)[0]}</a></nav>{commented(s)}</div>
<aside id="secondary"><section class="widget"><h2>Entradas recientes</h2><ul>{menu(s, 5)}</ul></section><section class="widget">{teasers(s)}</section></aside></div>{footer(s)}</div></body></html>"""
    return page("wordpress classic", s, html)


def wordpress_block(s: Story) -> Page:
    """A block theme: pull quote that repeats the text, an embedded post, a query loop below."""
    blocks = [f'<p class="wp-block-paragraph">{escape(words)}</p>' for words in s.paragraphs]
    blocks.insert(
        2, f'<figure class="wp-block-pullquote"><blockquote><p>{escape(s.paragraphs[0][:80])}</p></blockquote></figure>'
    )
    post = "Seguimos en las puertas esperando noticias de los nuestros. — Familiares (@familiares) 3 de marzo"
    blocks.insert(
        3,
        f'<figure class="wp-block-embed is-provider-twitter"><div class="wp-block-embed__wrapper"><blockquote class="twitter-tweet"><p lang="es">{post}</p></blockquote></div></figure>',
    )
    blocks.insert(1, f'<h2 class="wp-block-heading">{escape(s.subheads[0])}</h2>')
    html = f"""<!DOCTYPE html><html lang="es">{head(s, author=False, more=linked_data(s))}<body class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title"><a>{s.outlet}</a></p><ul>{menu(s)}</ul></header>
<main class="wp-block-group"><h1 class="wp-block-post-title">{escape(s.title)}</h1><div class="wp-block-post-date"><time datetime="{s.iso}">{s.day}</time></div>
<div class="entry-content wp-block-post-content">{"".join(blocks)}</div><div class="wp-block-query"><h3>Más noticias</h3>{teasers(s, 4, with_text=True)}</div>{commented(s, 2)}</main>{footer(s)}</body></html>"""
    return page(
        "wordpress block",
        s,
        html,
        text=[s.paragraphs[0], s.subheads[0], *s.paragraphs[1:]],
        free=[post, s.paragraphs[0][:80]],
    )


def drupal(s: Story) -> Page:
    """Fields in wrappers, a line above the title, tags and views."""
    by = f'<div class="field field--name-field-autor field__item">Por {escape(s.author)}</div>' if s.author else ""
    html = f"""<!DOCTYPE html><html lang="es" dir="ltr">{head(s, og=False, published=False, author=False)}<body class="path-node page-node-type-article"><div class="dialog-off-canvas-main-canvas"><header role="banner"><nav role="navigation"><ul class="menu">{menu(s)}</ul></nav><nav class="breadcrumb"><ol><li><a>Inicio</a></li><li><a>Sucesos</a></li></ol></nav></header>
<main role="main"><div class="region region-content"><article role="article" class="node node--type-article node--view-mode-full"><div class="field field--name-field-volanta">Crisis carcelaria</div><h1><span class="field field--name-title">{escape(s.title)}</span></h1><div class="field field--name-field-bajada">{escape(s.standfirst)}</div>{by}<div class="node__submitted"><time datetime="{s.iso}" class="datetime">{s.day}</time></div>
<div class="node__content"><div class="field field--name-body field--type-text-with-summary">{paragraphs(s)}</div><div class="field field--name-field-tags"><div class="field__label">Etiquetas</div><div class="field__items"><a>penal</a> <a>{s.place}</a></div></div></div></article></div></main>
<aside><div class="views-element-container"><h2>Lo más leído</h2>{teasers(s, 7)}</div></aside>{footer(s)}</div></body></html>"""
    return page("drupal", s, html)


def blogger(s: Story) -> Page:
    """A blog without paragraphs: lines parted by two breaks, archives at the side."""
    body = "<br /><br />\n".join(escape(words) for words in s.paragraphs)
    archive = "".join(
        f"<li><a href='/{n}'>{n} ({n % 9})</a><ul><li>{s.chatter(1)[0]}</li></ul></li>" for n in range(2020, 2032)
    )
    by = (
        f'<span class="post-author vcard">Publicado por <span class="fn" itemprop="author">{escape(s.author)}</span></span>'
        if s.author
        else ""
    )
    html = f"""<!DOCTYPE html><html dir="ltr" lang="es"><head><meta charset="utf-8"><title>{s.outlet}: {escape(s.title)}</title></head><body class="loading"><div class="content-outer"><header><h1 class="title"><a href="/">{s.outlet}</a></h1></header>
<div class="main-outer"><div class="column-center-inner"><div class="main section" id="main"><div class="widget Blog"><div class="blog-posts hfeed"><div class="date-outer"><h2 class="date-header"><span>{s.day}</span></h2><div class="post hentry"><h3 class="post-title entry-title">{escape(s.title)}</h3><div class="post-body entry-content" id="post-body-99">{body}<div style="clear: both;"></div></div>
<div class="post-footer">{by} en <abbr class="published" title="{s.iso}">{s.at:%H:%M}</abbr><span class="post-labels">Etiquetas: <a>cárcel</a></span></div></div></div></div>
<div class="comments" id="comments"><h4>2 comentarios:</h4>{"".join(f'<dl><dt>Anónimo</dt><dd class="comment-body"><p>{c}</p></dd></dl>' for c in s.comments(2))}</div></div></div></div>
<div class="column-right-outer"><div class="widget BlogArchive"><h2>Archivo del blog</h2><ul>{archive}</ul></div></div></div></div></body></html>"""
    return page("blogger", s, html)


def amp(s: Story) -> Page:
    """An AMP page with advertisements between paragraphs."""
    body = "".join(
        f'<p>{escape(w)}</p><amp-ad width="300" height="250" type="doubleclick"></amp-ad>' for w in s.paragraphs
    )
    caption = f"Vista del penal de {s.place}. Foto: archivo"
    html = f"""<!doctype html><html ⚡ lang="es">{head(s, more=linked_data(s) + "<style amp-custom>p{margin:0}</style>")}<body><amp-sidebar id="s"><ul>{menu(s)}</ul></amp-sidebar><header>{s.outlet}</header><article><h1>{escape(s.title)}</h1><h2 class="subtitle">{escape(s.standfirst)}</h2><amp-social-share type="whatsapp"></amp-social-share>
<figure><amp-img src="a.jpg" width="600" height="400"></amp-img><figcaption>{caption}</figcaption></figure><section class="article-body">{body}</section></article><section class="related"><h3>Te puede interesar</h3>{teasers(s, 5)}</section><amp-consent><p>Este sitio usa cookies.</p></amp-consent>{footer(s)}</body></html>"""
    return page("amp", s, html, free=[caption])


def next_rendered(s: Story) -> Page:
    """Rendered on the server: names that mean nothing, and all of it again in a script."""
    body = "".join(
        f'<div class="css-1x{n}k8"><p class="sc-bdVaJa">{escape(w)}</p></div>' for n, w in enumerate(s.paragraphs)
    )
    data = json.dumps(
        {"props": {"pageProps": {"article": {"title": s.title, "body": list(s.paragraphs)}}}}, ensure_ascii=False
    )
    by = f'<span class="css-9q">{escape(s.author)}</span>' if s.author else ""
    html = f"""<!DOCTYPE html><html lang="es">{head(s, published=False, author=False, more=linked_data(s))}<body><div id="__next"><div class="css-0"><nav class="css-nv"><ul>{menu(s)}</ul></nav><div class="css-hd"><h1 class="css-77">{escape(s.title)}</h1><p class="css-sub">{escape(s.standfirst)}</p>{by}<span>{s.day}</span></div><div class="css-bd">{body}</div><div class="css-rel"><h4>Siga leyendo</h4>{teasers(s, 5, with_text=True)}</div>{footer(s)}</div></div><script id="__NEXT_DATA__" type="application/json">{data}</script></body></html>"""
    return page("next rendered", s, html)


def next_payload(s: Story) -> Page:
    """An empty page whose story is in a script alone."""
    blocks = [{"type": "paragraph", "content": f"<p>{w}</p>"} for w in s.paragraphs]
    data = json.dumps(
        {"props": {"pageProps": {"post": {"headline": s.title, "content_elements": blocks}, "menu": s.chatter(9)}}},
        ensure_ascii=False,
    )
    html = f"""<!DOCTYPE html><html lang="es">{head(s, author=False, more=linked_data(s))}<body><noscript>Necesita activar JavaScript para ver esta página.</noscript><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{data}</script></body></html>"""
    return page("next payload", s, html)


def tables_2000s(s: Story) -> Page:
    """Tables within tables, fonts, lines parted by breaks, a date in words."""
    body = "<br><br>".join(f'<font face="Verdana" size="2">{escape(w)}</font>' for w in s.paragraphs)
    cells = "".join(
        f'<tr><td><a href="{n}.htm"><font size="1">{w}</font></a></td></tr>' for n, w in enumerate(s.chatter(9))
    )
    by = f'<font size="1"><b>{escape(s.author)}</b><br>{s.outlet}</font><br>' if s.author else ""
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{s.outlet} - {escape(s.title)}</title></head><body bgcolor="#FFFFFF"><center><table width="760" border="0"><tr><td colspan="3"><img src="logo.gif"><br><font size="1">{s.day}</font></td></tr>
<tr><td width="140" valign="top"><table>{cells}</table></td><td width="480" valign="top"><font face="Georgia" size="5"><b>{escape(s.title)}</b></font><br><font size="2"><i>{escape(s.standfirst)}</i></font><br><br>{by}<br>{body}<br><br><a href="javascript:print()">Imprimir</a> | <a href="mailto:">Enviar a un amigo</a></td><td width="140" valign="top"><table>{cells}</table></td></tr>
<tr><td colspan="3" align="center"><font size="1">Copyright 2031 {s.outlet}. Webmaster: web@example.invalid</font></td></tr></table></center></body></html>"""
    return page("tables of the 2000s", s, html)


def live_blog(s: Story) -> Page:
    """Entries with the time of each, the newest first."""
    entries = "".join(
        f'<li class="liveblog-entry" id="e{n}"><div class="liveblog-time"><time datetime="{s.iso}">{8 + n:02d}:1{n % 6}</time></div><div class="liveblog-share"><a>Compartir</a></div><div class="liveblog-body"><p>{escape(w)}</p></div></li>'
        for n, w in enumerate(s.paragraphs)
    )
    html = f"""<!DOCTYPE html><html lang="es">{head(s, more=linked_data(s, kind="LiveBlogPosting"))}<body><header><nav><ul>{menu(s)}</ul></nav></header><main><article class="live"><span class="live-badge">EN VIVO</span><h1>{escape(s.title)}</h1><p class="lead">{escape(s.standfirst)}</p><p class="updated">Actualizado a las {s.at:%H:%M}</p>{share()}<ul class="liveblog-entries">{entries}</ul><button>Cargar más</button></article><aside><h3>Lo más visto</h3>{teasers(s)}</aside></main>{newsletter()}{footer(s)}</body></html>"""
    return page("live blog", s, html)


def gallery(s: Story) -> Page:
    """A few paragraphs and many pictures."""
    captions = [f"Imagen {n + 1}. {s.aside()}" for n in range(6)]
    slides = "".join(
        f'<figure class="gallery-item"><img src="{n}.jpg" alt="Foto {n}"><figcaption class="gallery-caption">{escape(w)}</figcaption></figure>'
        for n, w in enumerate(captions)
    )
    html = f"""<!DOCTYPE html><html lang="es">{head(s)}<body><div class="header"><ul>{menu(s)}</ul></div><div class="main"><div class="article-photo"><h1 class="headline">{escape(s.title)}</h1><p class="deck">{escape(s.standfirst)}</p><div class="byline">{escape(s.author or s.outlet)} | {s.day}</div><div class="article-text">{paragraphs(s)}</div><div class="gallery">{slides}</div></div><div class="sidebar">{teasers(s, 8)}</div></div>{footer(s)}</body></html>"""
    return page("gallery", s, html, free=captions)


def paywall(s: Story) -> Page:
    """The beginning, and then an offer."""
    shown = s.paragraphs[:2]
    body = "".join(f"<p>{escape(w)}</p>" for w in shown)
    html = f"""<!DOCTYPE html><html lang="es">{head(s, more=linked_data(s, isAccessibleForFree=False))}<body><header><nav><ul>{menu(s)}</ul></nav></header><main><article class="story"><header><h1>{escape(s.title)}</h1><p class="story-lead">{escape(s.standfirst)}</p><address>Por <a rel="author">{escape(s.author or "Redacción")}</a></address></header><div class="story-body">{body}<div class="paywall-overlay"><h3>Este contenido es exclusivo para suscriptores</h3><p>Suscríbase desde un euro al mes y acceda a todo el contenido, sin límites, en todos sus dispositivos.</p><a class="btn">Ver planes</a><p>¿Ya es suscriptor? <a>Inicie sesión</a></p></div></div></article><section class="more"><h2>Más en Sucesos</h2>{teasers(s, 6, with_text=True)}</section></main>{footer(s)}</body></html>"""
    return page("paywall", s, html, text=shown)


def radio(s: Story) -> Page:
    """A station: a player, the programme, and a note."""
    grid = "".join(f"<tr><td>{n:02d}:00</td><td>{w}</td></tr>" for n, w in enumerate(s.chatter(10), start=6))
    body = "".join(f"<div>{escape(w)}</div>" for w in s.paragraphs)
    html = f"""<!DOCTYPE html><html lang="es">{head(s, title=s.title, published=False, author=False)}<body><div id="player"><audio controls src="en-vivo.mp3"></audio><span>Está escuchando {s.outlet} 98.7 FM</span></div><div id="menu"><ul>{menu(s)}</ul></div><div id="contenido"><div class="noticia"><h2 class="titulo">{escape(s.title)}</h2><div class="fecha">{s.at:%d/%m/%Y} - {s.at:%H:%M}</div><div class="descripcion">{body}</div><div class="compartir">{share()}</div></div><div class="programacion"><h3>Programación</h3><table>{grid}</table></div></div><div id="pie">{s.outlet} — Contacto: cabina@example.invalid</div></body></html>"""
    return page("radio", s, html, is_signed=False)


def agency(s: Story) -> Page:
    """A wire: a place and a date before the first word, a slug, initials at the end."""
    first = f"{s.place}, {s.at.day} {s.day.split()[2][:3]} ({s.outlet}).- {s.paragraphs[0]}"
    rest = "".join(f"<p>{escape(w)}</p>" for w in s.paragraphs[1:])
    html = f"""<!DOCTYPE html><html lang="es">{head(s, more=linked_data(s))}<body><div class="topbar">{menu(s, 4)}</div><div class="despacho"><div class="slug">CÁRCELES-TRASLADO</div><h1>{escape(s.title)}</h1><div class="fecha-hora">{s.at:%d/%m/%Y %H:%M}</div><div class="cuerpo"><p>{escape(first)}</p>{rest}<p class="firma">rl/ma/jc</p></div><div class="multimedia"><a>Ver fotos (4)</a> <a>Descargar audio</a></div></div><div class="relacionados"><h2>Despachos relacionados</h2>{teasers(s, 5)}</div>{footer(s)}</body></html>"""
    return page("agency", s, html, text=[first, *s.paragraphs[1:]], free=["rl/ma/jc"])


def opinion(s: Story) -> Page:
    """A column, with who wrote it at the end."""
    name = s.author or "Elena Ruiz Prado"
    bio = f"{name} es investigadora y columnista. Ha publicado tres libros sobre cárceles y enseña en la universidad pública."
    html = f"""<!DOCTYPE html><html lang="es">{head(s, author=False)}<body><header><ul>{menu(s)}</ul></header><main><article class="opinion"><p class="kicker">Opinión</p><h1>{escape(s.title)}</h1><div class="firma"><img src="f.jpg" alt=""><span class="author-name"><a href="/autor/x" rel="author">{escape(name)}</a></span><time datetime="{s.iso}">{s.day}</time></div><div class="texto">{paragraphs(s)}</div><div class="author-bio"><h4>Sobre la autora</h4><p>{escape(bio)}</p><a href="/autor/x">Más columnas</a></div><p class="disclaimer">Las opiniones son responsabilidad de su autora y no reflejan la línea de este medio.</p></article><section>{teasers(s, 4, with_text=True)}</section></main>{commented(s, 5)}{footer(s)}</body></html>"""
    made = page("opinion", s, html)
    return Page(**{**made.__dict__, "author": name})


def interview(s: Story) -> Page:
    """Questions in bold, answers below."""
    turns, text = [], []
    for number, words in enumerate(s.paragraphs):
        question = f"—¿Qué pasó en el pabellón {number + 1} y quién llevaba la cuenta?"
        turns.append(f"<p><strong>{question}</strong></p><p>—{escape(words)}</p>")
        text += [question, f"—{words}"]
    html = f"""<!DOCTYPE html><html lang="es">{head(s)}<body><nav><ul>{menu(s)}</ul></nav><main><article><header><p class="volanta">Entrevista</p><h1>{escape(s.title)}</h1><p class="bajada">{escape(s.standfirst)}</p></header>{share()}<div class="article__content">{"".join(turns)}</div><div class="tags"><a>entrevista</a><a>{s.place}</a></div></article><aside>{teasers(s, 6)}</aside></main>{cookies()}{footer(s)}</body></html>"""
    return page("interview", s, html, text=text)


def related_inside(s: Story) -> Page:
    """Links to other stories and offers between and inside the paragraphs."""
    blocks = []
    for number, words in enumerate(s.paragraphs):
        blocks.append(f"<p>{escape(words)}</p>")
        if number % 3 == 0:
            blocks.append(f'<p><strong>Lea también: <a href="/n/{number}">{s.chatter(1)[0]}</a></strong></p>')
        if number % 4 == 1:
            blocks.append(
                '<p>Únase a nuestro canal de <a href="https://t.me/x">Telegram</a> y <a href="https://wa.me/x">WhatsApp</a></p>'
            )
        if number % 5 == 2:
            blocks.append(
                f'<div class="inline-related"><span>Te puede interesar</span><ul><li><a>{s.chatter(1)[0]}</a></li></ul></div>'
            )
    html = f"""<!DOCTYPE html><html lang="es">{head(s, more=linked_data(s))}<body>{cookies()}<header><ul>{menu(s)}</ul></header><div class="td-post-content-area"><article class="td-post"><h1 class="entry-title">{escape(s.title)}</h1><div class="td-post-author-name">Por <a>{escape(s.author or s.outlet)}</a> - </div><time class="entry-date" datetime="{s.iso}">{s.day}</time><div class="td-post-content tagdiv-type">{"".join(blocks)}</div>{share()}<div class="td-author-box"><p>{escape(s.outlet)} es un medio independiente.</p></div></article><div class="td_block_related_posts">{teasers(s, 6)}</div></div>{newsletter()}{footer(s)}</body></html>"""
    return page("related inside", s, html)


LAYOUTS: tuple[Layout, ...] = (
    wordpress_classic, wordpress_block, drupal, blogger, amp, next_rendered, next_payload, tables_2000s, live_blog, gallery,
    paywall, radio, agency, opinion, interview, related_inside,
)  # fmt: skip
