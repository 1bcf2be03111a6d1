/** A message that quotes a text of others, whatever that holds, as somebody reads it. */
export function shortened(message: string): string {
  if (message.length <= longestWord) return message;
  const words = message.replace(/\S+/g, (word) => (word.length > longestWord ? cut(word, wordKept) : word));
  return words.length > longest ? cut(words, longest) : words;
}

/** UTF-16 units of a word that are read on the whole, as most addresses of pages are. */
const longestWord = 300;
/** What is kept of a longer one, which is enough to find it. */
export const wordKept = 100;
const longest = 3000;

function cut(text: string, length: number): string {
  return `${text.slice(0, length)}...`;
}
