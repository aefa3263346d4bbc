export const nothing = (): void => undefined;

/** As much of an element as our own ones need to be made and read, where there is no browser. */
export class FakeElement {
  readonly dataset = {};
  readonly getAttribute = nothing;
  readonly setAttribute = nothing;
  readonly removeAttribute = nothing;
  readonly addEventListener = nothing;
  readonly replaceWith = nothing;
  value = '';
  scrollTop = 0;
  #children: readonly (FakeElement | string)[] = [];

  append(...children: readonly (FakeElement | string)[]): void {
    this.#children = [...this.#children, ...children];
  }
  replaceChildren(...children: readonly (FakeElement | string)[]): void {
    this.#children = children;
  }
  querySelectorAll(): readonly FakeElement[] {
    return [];
  }

  get text(): string {
    return this.#children.map((child) => (typeof child === 'string' ? child : child.text)).join(' ');
  }
}
