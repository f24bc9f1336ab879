const storageKey = 'link';

/**
 * The link's token travels in the fragment, which browsers never send. It is taken out of the address bar, so that it
 * stands in no history or screenshot, and kept for this tab, so that a reload works.
 */
export const takeLinkToken = (): string | undefined => {
  const fromAddress = location.hash.slice(1);
  if (fromAddress !== '') {
    sessionStorage.setItem(storageKey, fromAddress);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(storageKey) ?? undefined;
};
