// An upload by tus-js-client, unchanged: node upload.mjs MODULES ENDPOINT FILE TOKEN PARALLEL METADATA(JSON)
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, endpoint, file, token, parallel, metadata] = process.argv.slice(2)
const tus = await import(pathToFileURL(path.join(modules, 'tus-js-client/lib.esm/node/index.js')))

const upload = new tus.Upload(fs.createReadStream(file), {
  endpoint,
  parallelUploads: Number(parallel),
  retryDelays: [0, 500, 1000, 2000, 3000, 5000, 5000, 5000, 5000, 5000, 5000],
  metadata: JSON.parse(metadata),
  headers: { Authorization: `Bearer ${token}` },
  onError: (error) => {
    console.error(String(error))
    process.exit(1)
  },
  onSuccess: () => console.log(upload.url),
})
upload.start()
