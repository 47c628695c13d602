// hls-parser in strict mode over a playlist and all that it names; every address is asked for. One finding a line.
import { createRequire } from "node:module";

const [modules, start] = process.argv.slice(2);
const HLS = createRequire(modules)("hls-parser");
HLS.setOptions({ strictMode: true });
let requests = 0;

async function get(address, headers = {}) {
  requests += 1;
  const answer = await fetch(address, { headers });
  const data = Buffer.from(await answer.arrayBuffer());
  const wanted = headers.range ? 206 : 200;
  if (answer.status !== wanted) console.log(`${new URL(address).pathname}: ${answer.status}, not ${wanted}`);
  return { data, url: answer.url, type: answer.headers.get("content-type") };
}

async function read(address) {
  const { data, url, type } = await get(address);
  if (type !== "application/vnd.apple.mpegurl") console.log(`${url}: ${type}`);
  try {
    return { playlist: HLS.parse(data.toString()), url };
  } catch (error) {
    console.log(`${new URL(url).pathname}: ${error.message}`);
    return { url };
  }
}

async function checkMedia(address) {
  const { playlist, url } = await read(address);
  for (const { uri, byterange, map } of playlist?.segments ?? [])
    for (const [target, range] of [[uri, byterange], ...(map ? [[map.uri, map.byterange]] : [])]) {
      const headers = range ? { range: `bytes=${range.offset}-${range.offset + range.length - 1}` } : {};
      const { data } = await get(new URL(target, url), headers);
      if (range && data.length !== range.length) console.log(`${target}: ${data.length} bytes, not ${range.length}`);
    }
}

const { playlist, url } = await read(start);
const seen = new Set();
for (const variant of playlist?.variants ?? []) {
  const renditions = [...variant.audio, ...variant.subtitles].map((one) => one.uri);
  for (const uri of [variant.uri, ...renditions]) seen.add(new URL(uri, url).href);
}
for (const address of seen) await checkMedia(address);
console.error(`${seen.size} playlists, ${requests} requests`);
