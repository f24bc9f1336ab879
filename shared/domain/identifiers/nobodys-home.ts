/** What stands in the place of an address of people who have none, or whose address somebody does not say. */
const noAddress =
  /(?:^| )(?:(?:no )?fixed a(?:bode|ddress)|nfa|homeless|sofa surf(?:ing|er)?|rough sleep(?:ing|er)?|not known|withheld|care of|po box|p o box|bfpo)(?: |$)|^c o |^(?:unknown|confidential|none|n a|tbc)$/;

/** Places where many live who don't belong together; Hospital Road and Prison Lane are streets. */
const institution =
  /(?:^| )(?:hmp|hmyoi|prison|barracks|hostel|hospital|refuge|night ?shelter|care home|nursing home|residential home|rest home|childrens home|halls? of residence|student halls?|immigration removal|approved premises|secure unit)(?: |$)(?!(?:road|rd|street|st|lane|ln|avenue|ave|close|cl|drive|dr|way|wy|row|hill|court|ct|cottages?|gardens|gdns|place|pl|terrace|tce|mews|view|crescent|cres|walk|park|green|grove|gr|fields?|square|sq)(?: |$))/;

const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/['’.]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether the text, in any case and with any punctuation, says that there is no address: no fixed abode, care of somebody, withheld. */
export const isNoAddress = (address: string): boolean => noAddress.test(fold(address));

/** Whether it is an address at which nothing may be inferred of people from having it in common: none at all, or an institution's. */
export const isNobodysHome = (address: string): boolean => {
  const text = fold(address);
  return noAddress.test(text) || institution.test(text);
};
