"""A page and what is true of it; and the pieces that many layouts share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from news_pages.story import Story


@dataclass(frozen=True)
class Page:
    """A page with its gold. `text` are the blocks of the main text in order.

    `free` are blocks that count neither way: title, standfirst, captions, text quoted from a post. `published` is an ISO
    date.
    """

    layout: str
    html: str
    text: tuple[str, ...]
    free: tuple[str, ...]
    title: str
    author: str | None
    outlet: str
    published: str


Layout = Callable[[Story], Page]


def page(
    layout: str,
    story: Story,
    html: str,
    *,
    text: Iterable[str] | None = None,
    free: Iterable[str] = (),
    is_signed: bool = True,
) -> Page:
    """The page of a story whose main text is its paragraphs unless told otherwise; `is_signed` if it names its author."""
    return Page(
        layout,
        html,
        tuple(story.paragraphs if text is None else text),
        (story.title, story.standfirst, *free),
        story.title,
        story.author if is_signed else None,
        story.outlet,
        f"{story.at:%Y-%m-%d}",
    )


def head(
    story: Story,
    *,
    title: str | None = None,
    og: bool = True,
    published: bool = True,
    author: bool = True,
    more: str = "",
) -> str:
    """A head with the title and, as far as is wanted, what the page declares about itself."""
    made = [f'<meta charset="utf-8"><title>{escape(title or f"{story.title} | {story.outlet}")}</title>']
    if og:
        made.append(
            f'<meta property="og:title" content="{escape(story.title)}"><meta property="og:type" content="article">'
        )
        made.append(f'<meta property="og:site_name" content="{escape(story.outlet)}">')
        made.append(f'<meta name="description" content="{escape(story.standfirst)}">')
    if published:
        made.append(f'<meta property="article:published_time" content="{story.iso}">')
    if author and story.author:
        made.append(f'<meta name="author" content="{escape(story.author)}">')
    return f"<head>{''.join(made)}{more}</head>"


def linked_data(story: Story, *, body: bool = False, kind: str = "NewsArticle", **more: object) -> str:
    """What the page says of itself in JSON-LD."""
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": kind,
        "headline": story.title,
        "datePublished": story.iso,
        "publisher": {"@type": "Organization", "name": story.outlet},
        **({"author": [{"@type": "Person", "name": story.author}]} if story.author else {}),
        **({"articleBody": "\n".join(story.paragraphs)} if body else {}),
        **more,
    }
    return f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script>'


def paragraphs(story: Story, tag: str = "p", attributes: str = "") -> str:
    """The paragraphs, each in its tag."""
    return "\n".join(f"<{tag}{attributes}>{escape(words)}</{tag}>" for words in story.paragraphs)


def menu(story: Story, count: int = 8) -> str:
    """Links of a menu."""
    sections = (
        "Inicio",
        "Política",
        "Sucesos",
        "Economía",
        "Deportes",
        "Cultura",
        "Opinión",
        "Mundo",
        "Podcast",
        "Hemeroteca",
    )
    return "".join(f'<li><a href="/{one.lower()}">{one}</a></li>' for one in sections[:count])


def teasers(story: Story, count: int = 6, *, with_text: bool = False) -> str:
    """Headlines of other stories, with a sentence of each where wanted."""
    return "".join(
        f'<div class="teaser"><h3><a href="/n/{number}">{escape(words)}</a></h3>'
        + (f"<p>{escape(story.aside())}</p>" if with_text else "")
        + "</div>"
        for number, words in enumerate(story.chatter(count))
    )


def share() -> str:
    """A bar to pass the page on."""
    return (
        '<ul class="share"><li><a href="https://wa.me/?text=x">WhatsApp</a></li><li><a href="https://t.me/share">Telegram'
        '</a></li><li><a href="#">Facebook</a></li><li><a href="#">Copiar enlace</a></li></ul>'
    )


def cookies() -> str:
    """A banner that asks."""
    return (
        '<div id="cookie-banner" class="cookie"><p>Usamos cookies propias y de terceros para mejorar su experiencia y mostrarle '
        "publicidad relacionada con sus preferencias. Si continúa navegando consideramos que acepta su uso.</p>"
        "<button>Aceptar</button><button>Configurar</button></div>"
    )


def newsletter() -> str:
    """A box that asks for an address."""
    return (
        '<div class="newsletter-box"><h4>Suscríbase a nuestro boletín</h4><p>Reciba cada mañana las noticias más importantes en '
        'su correo. Sin costo y sin publicidad.</p><form><input type="email"><button>Suscribirme</button></form></div>'
    )


def commented(story: Story, count: int = 4) -> str:
    """What readers wrote, as a list."""
    listed = "".join(
        f'<li class="comment"><div class="comment-author vcard"><cite class="fn">lector{number}</cite> dice:</div>'
        f'<div class="comment-content"><p>{escape(words)}</p></div></li>'
        for number, words in enumerate(story.comments(count))
    )
    return f'<div id="comments" class="comments-area"><h2>{count} comentarios</h2><ol class="commentlist">{listed}</ol></div>'


def footer(story: Story) -> str:
    """The end of every page of the outlet."""
    return (
        f'<footer id="footer"><p>© 2031 {escape(story.outlet)}. Todos los derechos reservados. Prohibida la reproducción total '
        "o parcial sin autorización.</p><p>Calle Real 14, piso 2 · Redacción: redaccion@example.invalid</p>"
        f"<ul>{menu(story, 5)}<li><a href='/aviso'>Aviso legal</a></li></ul></footer>"
    )
