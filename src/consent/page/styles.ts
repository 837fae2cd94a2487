/**
 * The style sheet of the page. Every rule is about a class that begins with `consent`, so that a fragment
 * leaves the page around it alone; colours and measures are custom properties of `.consent`, to be set by
 * the `theme` option or in a separate style sheet. No rule depends on a script, an image or a font.
 *
 * Edges are borders and not shadows or backgrounds, because forced colours and printers drop the others;
 * sides are logical, for both directions.
 */
export const styles: string = `
.consent{--consent-accent:#0b57b0;--consent-on-accent:#fff;--consent-text:#1a1f27;--consent-muted:#515a66;
--consent-surface:#fff;--consent-page:#eef1f5;--consent-line:#d3d9e1;--consent-control:#6b7583;--consent-chip:#f1f4f8;
--consent-high:#a1180f;--consent-medium:#7a4a00;--consent-low:#1d6335;--consent-radius:12px;
--consent-font:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;
color-scheme:light dark;color:var(--consent-text);font:400 1rem/1.5 var(--consent-font)}
@media (prefers-color-scheme:dark){.consent{--consent-accent:#8ab8f8;--consent-on-accent:#0b1b33;
--consent-text:#e8ebf0;--consent-muted:#aab3bf;--consent-surface:#191d24;--consent-page:#0f1216;--consent-line:#363d48;
--consent-control:#8d97a5;--consent-chip:#242a33;--consent-high:#ff9a90;--consent-medium:#f2c06b;--consent-low:#86d69f}}
.consent-body{margin:0;min-block-size:100vh;background:var(--consent-page)}
.consent *{box-sizing:border-box}
.consent-page{max-inline-size:36rem;margin-inline:auto;padding:clamp(0rem,5vw,3rem) clamp(0rem,3vw,1rem)}
.consent-card{background:var(--consent-surface);border:1px solid var(--consent-line);border-radius:var(--consent-radius);
padding:clamp(1rem,5vw,2rem);overflow-wrap:anywhere}
.consent-head{margin-block-end:1.5rem}
.consent-logo{display:block;inline-size:3.5rem;block-size:3.5rem;object-fit:contain;margin-block-end:1rem;
border:1px solid var(--consent-line);border-radius:calc(var(--consent-radius)*.75);background:#fff;padding:.25rem}
.consent-title{margin:0;font-size:1.5rem;line-height:1.25;font-weight:650;letter-spacing:-.01em}
.consent-note{margin:.5rem 0 0;color:var(--consent-muted);font-size:.9375rem}
.consent-group{margin:0 0 1.5rem;padding:0;border:0;min-inline-size:0}
.consent-heading{inline-size:100%;padding:0 0 .5rem;font-weight:600;font-size:.9375rem;color:var(--consent-muted);
border-block-end:1px solid var(--consent-line)}
.consent-heading h2{margin:0;font:inherit}
.consent-list{margin:0;padding:0;list-style:none}
.consent-item{padding-block:1rem;border-block-end:1px solid var(--consent-line)}
.consent-item:last-child{padding-block-end:0;border-block-end:0}
.consent-line{display:flex;gap:.75rem;align-items:flex-start}
.consent-label{margin:0;font-weight:600;flex:1 1 auto;min-inline-size:0;white-space:pre-line}
label.consent-label{cursor:pointer}
.consent[dir=ltr] :is(.consent-label,.consent-text,.consent-heading h2){text-align:left}
.consent[dir=rtl] :is(.consent-label,.consent-text,.consent-heading h2){text-align:right}
.consent-box{flex:none;inline-size:1.5rem;block-size:1.5rem;margin:0;accent-color:var(--consent-accent);cursor:pointer}
.consent-text{margin:.25rem 0 0;color:var(--consent-muted);font-size:.9375rem;white-space:pre-line}
.consent-chips{display:flex;flex-wrap:wrap;gap:.375rem;margin:.625rem 0 0;padding:0;list-style:none;font-size:.8125rem}
.consent-chip{padding:.125rem .5rem;border:1px solid transparent;border-radius:999px;background:var(--consent-chip)}
.consent-risk{border-color:currentColor;background:none;font-weight:600}
.consent-risk-high{color:var(--consent-high);border-width:2px;padding:calc(.125rem - 1px) calc(.5rem - 1px)}
.consent-risk-medium{color:var(--consent-medium)}
.consent-risk-low{color:var(--consent-low)}
.consent-mark{border-color:var(--consent-control);background:none}
.consent-sub{margin:.75rem 0 0;font-size:.9375rem}
.consent-sub :is(h2,h3){margin:0;font-size:.8125rem;font-weight:600;color:var(--consent-muted)}
.consent-sub ul{margin:.25rem 0 0;padding-inline-start:1.25rem;list-style:disc}
.consent-details{margin-block-start:.625rem;font-size:.875rem}
.consent-details summary{inline-size:fit-content;padding-block:.25rem;cursor:pointer;color:var(--consent-accent);
text-decoration:underline;text-underline-offset:.2em}
.consent-details ul{margin:.25rem 0 0;padding:.5rem .75rem;list-style:none;background:var(--consent-chip);
border-radius:calc(var(--consent-radius)/2)}
.consent-code{font:.8125rem/1.6 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
.consent-method{font-weight:700}
.consent-actions{display:grid;grid-template-columns:1fr 1fr;gap:.75rem;margin-block-start:1.5rem}
.consent-button{min-block-size:3rem;padding:.625rem 1rem;border:2px solid var(--consent-accent);cursor:pointer;
border-radius:calc(var(--consent-radius)*.67);font:inherit;font-weight:600;overflow-wrap:anywhere;
background:var(--consent-surface);color:var(--consent-accent)}
.consent-button:hover{text-decoration:underline;text-underline-offset:.2em}
.consent-allow{background:var(--consent-accent);color:var(--consent-on-accent)}
.consent a{color:var(--consent-accent)}
.consent-links{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:1rem 0 0;padding:0;list-style:none;font-size:.875rem}
.consent :is(a,summary,button,input):focus-visible{outline:3px solid var(--consent-accent);outline-offset:2px}
.consent-identity,.consent-preview{margin-block-end:.25rem}
.consent-unverified{color:var(--consent-high);border-color:currentColor;font-weight:600}
.consent-target bdi{font-weight:600;color:var(--consent-text);font-size:1.0625rem}
.consent-preview{padding:.25rem .5rem;border:2px dashed var(--consent-control);text-align:center;margin:0 0 1rem}
.consent-withdraw{grid-column:1/-1;border-color:var(--consent-high);color:var(--consent-high)}
.consent-card+.consent-card,.consent-apps>.consent-card{margin-block-start:1rem}
.consent-revoke{inline-size:100%;margin-block-start:1.5rem;border-color:var(--consent-high);color:var(--consent-high)}
.consent-apps h2.consent-title{font-size:1.25rem}
.consent-summary h2{color:var(--consent-text);font-size:1rem}
.consent-summary h3.consent-risk-high{margin-block-start:.5rem;color:var(--consent-high)}
.consent-item:target{outline:2px solid var(--consent-accent);outline-offset:2px}
.consent-all{margin-block-start:.5rem;padding:.5rem .75rem;background:var(--consent-chip);border-radius:calc(var(--consent-radius)/2)}
.consent-group:has(.consent-all .consent-box:checked) .consent-list .consent-box{visibility:hidden}
.consent-fold>summary{padding-block:.5rem;cursor:pointer;font-size:.9375rem}
.consent-many .consent-actions{position:sticky;inset-block-end:0;padding-block:.75rem;background:var(--consent-surface);
border-block-start:1px solid var(--consent-line)}
html:has(.consent-many){scroll-padding-block-end:9rem}
@media (max-width:26rem){.consent-page{padding:0}.consent-card{border-width:0;border-radius:0}
.consent-actions{grid-template-columns:1fr}}
@media (forced-colors:active){.consent-chip{border-color:CanvasText}
.consent-button{background:ButtonFace;color:ButtonText;border-color:ButtonText}
.consent :is(a,summary,button,input):focus-visible{outline-color:Highlight}}
@media print{.consent-body{background:none}.consent-card{border:0;padding:0}.consent-actions{display:none}
.consent-item{break-inside:avoid}.consent-details summary{color:inherit}
.consent-details::details-content{content-visibility:visible;block-size:auto}}
`
