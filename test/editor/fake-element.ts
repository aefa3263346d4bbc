export const nothing = (): void => undefined;

type Heard = (event: object) => void;

/** As much of an element as our own ones need to be made, read and used, where there is no browser. */
export class FakeElement {
  readonly dataset = {};
  readonly classes = new Set<string>();
  readonly classList = {
    toggle: (name: string, on: boolean): void => void (on ? this.classes.add(name) : this.classes.delete(name)),
  };
  readonly removeAttribute = nothing;
  readonly replaceWith = nothing;
  readonly scrollIntoView = nothing;
  readonly #attributes = new Map<string, string>();
  readonly #heard = new Map<string, Heard>();
  value = '';
  title = '';
  placeholder = '';
  hidden = false;
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
  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }
  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }
  addEventListener(type: string, heard: Heard): void {
    this.#heard.set(type, heard);
  }
  /** What somebody does with it. */
  does(type: string, event: object = {}): void {
    this.#heard.get(type)?.(event);
  }

  get children(): readonly FakeElement[] {
    return this.#children.filter((child) => typeof child !== 'string');
  }
  get text(): string {
    return this.#children.map((child) => (typeof child === 'string' ? child : child.text)).join(' ');
  }
  get textContent(): string {
    return this.text;
  }
  set textContent(text: string) {
    this.#children = [text];
  }
}
