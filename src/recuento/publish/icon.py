"""The icon of the site: two marks against a band."""

ICON_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#fdfcf9"/>'
    '<rect x="9" width="12" height="32" fill="#efe7cf"/>'
    '<path d="M9 0v32M21 0v32" stroke="#cdbf93" stroke-width="2"/>'
    '<path d="M2 11h28M2 22h28" stroke="#dedacf" stroke-width="2"/>'
    '<rect x="4" y="7" width="8" height="8" fill="#1d45c0"/>'
    '<circle cx="21" cy="22" r="5" fill="#6b2a0a"/></svg>'
)
