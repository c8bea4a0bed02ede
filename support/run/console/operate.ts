/**
 * Runs in the browser of the person at the POS: shows what is asked as it comes, and hands over each answer. It is
 * carried into the page as text, so it can refer to nothing outside itself.
 */
export function operate(page: Document): void {
  const now = page.querySelector<HTMLElement>('#now')!;
  const side = page.querySelector('#side')!;
  const progress = page.querySelector('#progress')!;
  const clock = page.querySelector<HTMLElement>('#clock')!;
  const sound = page.querySelector<HTMLInputElement>('#sound')!;
  const gone = 'The kit does not answer any more. If it was stopped, start it again with the same command.';
  let version = Number(page.body.dataset.version);
  let key = page.body.dataset.key;
  /** Photos that are being read: an answer goes after them. */
  let drawing: Promise<void> = Promise.resolve();

  const say = (text: string): void => {
    const wrong = now.querySelector('#wrong');
    if (wrong) {
      wrong.textContent = text;
      wrong.classList.toggle('wrong', text !== '');
    }
  };

  const post = async (what: string, body: object = {}): Promise<void> => {
    try {
      const answer = await fetch(what, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const { wrong = '' } = (await answer.json()) as { wrong?: string };
      say(wrong);
    } catch {
      say(gone);
    }
  };

  const beep = (): void => {
    if (!sound.checked) return;
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    tone.frequency.value = 660;
    tone.connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.15);
  };

  /** Counts down from what the kit said last, until it says something else. */
  let counting: ReturnType<typeof setInterval> | undefined;
  const countDown = (): void => {
    clearInterval(counting);
    const shown = clock.querySelector<HTMLElement>('[data-left]');
    if (!shown) return;
    const ends = performance.now() + Number(shown.dataset.left);
    counting = setInterval(() => {
      const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
      shown.textContent = `${left} s`;
    }, 250);
  };

  /** Changes a part of the page where it is another: what a person has opened there stays open. */
  const known = new Map<string, string>();
  const keep = (where: string, markup: string): void => {
    const part = page.querySelector(where);
    if (!part || known.get(where) === markup) return;
    known.set(where, markup);
    const open = part.querySelector('details')?.open ?? false;
    part.innerHTML = markup;
    part.querySelector('details')?.toggleAttribute('open', open);
  };

  const follow = async (): Promise<void> => {
    for (;;) {
      const answer = await fetch(`now?after=${version}`).catch(() => null);
      if (!answer?.ok) {
        say(gone);
        return;
      }
      const shown = (await answer.json()) as Record<
        'key' | 'now' | 'side' | 'progress' | 'clock' | 'phone' | 'given',
        string
      > & {
        version: number;
      };
      version = shown.version;
      side.innerHTML = shown.side;
      progress.innerHTML = shown.progress;
      clock.innerHTML = shown.clock;
      countDown();
      keep('#phone', shown.phone);
      if (shown.key === key) keep('#given', shown.given);
      if (shown.key === key) continue;
      key = shown.key;
      now.innerHTML = shown.now;
      now.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
      scrollTo({ top: 0 });
      beep();
    }
  };

  /** A photo as it is seen, turned upright and no larger than needed; nothing else of its file goes with it. */
  const drawn = async (file: Blob): Promise<HTMLCanvasElement> => {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, 1600 / Math.max(bitmap.width, bitmap.height));
    const canvas = page.createElement('canvas');
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas;
  };

  /** The photo, on which what nobody should see can be covered. It leaves this browser with the answer, and not before. */
  const showing = async (file: Blob | undefined): Promise<void> => {
    const status = now.querySelector('#photo');
    if (!file || !status) return;
    try {
      const canvas = await drawn(file);
      coverable(canvas);
      now.querySelector<HTMLElement>('#send')?.toggleAttribute('hidden', false);
      status.replaceChildren(
        canvas,
        'Drag over what nobody should see: it is covered before the photo is sent.',
      );
    } catch {
      status.textContent = 'This browser cannot read that file as a picture. Give a JPEG or a PNG.';
    }
  };

  const coverable = (canvas: HTMLCanvasElement): void => {
    const at = ({ clientX, clientY }: PointerEvent): [number, number] => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return [((clientX - left) * canvas.width) / width, ((clientY - top) * canvas.height) / height];
    };
    canvas.addEventListener('pointerdown', (down) => {
      const pen = canvas.getContext('2d')!;
      const before = pen.getImageData(0, 0, canvas.width, canvas.height);
      const [x, y] = at(down);
      canvas.setPointerCapture(down.pointerId);
      canvas.onpointermove = (move) => {
        const [toX, toY] = at(move);
        pen.putImageData(before, 0, 0);
        pen.fillStyle = '#444';
        pen.fillRect(x, y, toX - x, toY - y);
      };
    });
    canvas.addEventListener('lostpointercapture', () => {
      canvas.onpointermove = null;
    });
  };

  /** Sends the photo that is shown. Says what is wrong with it, or ''. */
  const carry = async (): Promise<string> => {
    const canvas = now.querySelector<HTMLCanvasElement>('#photo canvas');
    if (!canvas) return '';
    const photo = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
    try {
      const answer = await fetch('photo', {
        method: 'POST',
        headers: { 'content-type': 'image/jpeg' },
        body: photo,
      });
      const { wrong = '' } = (await answer.json()) as { wrong?: string };
      return wrong;
    } catch {
      return gone;
    }
  };

  const take = (file: Blob | undefined): void => {
    drawing = drawing.then(() => showing(file));
  };

  now.addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { submitter } = event as SubmitEvent;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? '');
    const number = Number(form.dataset.number);
    await drawing;
    switch (form.dataset.form) {
      case 'begin':
        return post('begin', {
          by: text('by'),
          rows: (submitter as HTMLButtonElement | null)?.value ?? 'all',
          ...(form.querySelector('[name=row]') ? { only: data.getAll('row') } : {}),
        });
      case 'leave':
        return post('leave', { reason: text('reason') });
      case 'correct':
        return post('correct', { row: text('row') });
      case 'refused':
        return post('reply', { number, how: 'refused', words: text('words') });
      default: {
        const wrong = await carry();
        if (wrong) return say(wrong);
        const choice = text('choice');
        const own = data.getAll('button').map(String);
        const buttons = own
          .filter((one) => one.startsWith(`${choice} `))
          .map((one) => one.slice(choice.length + 1));
        return post('reply', {
          number,
          how: 'said',
          said: { choice, prompt: text('prompt'), buttons, words: text('words') },
        });
      }
    }
  });

  now.addEventListener('click', async ({ target }) => {
    const button = (target as HTMLElement).closest<HTMLButtonElement>('button');
    if (!button) return;
    const { done, post: what, copy, sure } = button.dataset;
    if (button.id === 'send') {
      const wrong = await carry();
      say(wrong);
      if (wrong) return;
      now.querySelector('#photo')!.textContent =
        'The photo was sent. Take another one if it is not good enough.';
      button.hidden = true;
    }
    if (done) await post('reply', { number: Number(done), how: 'done' });
    if (what && (!sure || confirm(sure))) await post(what);
    if (copy) {
      await navigator.clipboard.writeText(copy);
      button.textContent = 'Copied';
    }
  });

  now.addEventListener('change', ({ target }) => {
    const input = target as HTMLInputElement;
    if (input.type === 'file') take(input.files?.[0]);
  });
  const pictureIn = (list: DataTransfer | null): Blob | undefined =>
    [...(list?.files ?? [])].find(({ type }) => type.startsWith('image/'));
  page.addEventListener('paste', ({ clipboardData }) => take(pictureIn(clipboardData)));
  page.addEventListener('dragover', (event) => {
    const within = (event.target as HTMLElement).closest?.('[data-drop]');
    if (within) event.preventDefault();
    now.querySelector('[data-drop]')?.classList.toggle('over', Boolean(within));
  });
  page.addEventListener('drop', (event) => {
    if (!(event.target as HTMLElement).closest?.('[data-drop]')) return;
    event.preventDefault();
    take(pictureIn(event.dataTransfer));
  });

  page.addEventListener('keydown', (event) => {
    const { key: pressed, target, ctrlKey, metaKey, altKey } = event;
    if ((target as HTMLElement).matches('input[type=text], textarea') || ctrlKey || metaKey || altKey) return;
    const choice = now.querySelectorAll<HTMLInputElement>('input[name=choice]')[Number(pressed) - 1];
    choice?.click();
    choice?.focus();
    if (pressed === 'd') now.querySelector<HTMLButtonElement>('[data-done]')?.click();
    const form = now.querySelector<HTMLFormElement>('form[data-form=said]');
    if (pressed === 'Enter' && form && (target as HTMLElement).matches('body, h2')) form.requestSubmit();
  });

  countDown();
  void follow();
}
