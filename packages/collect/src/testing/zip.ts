import { crc32, deflateRawSync } from 'node:zlib';

/**
 * A zip of members by name, deflated. `says` is the size the archive gives each, when it is to lie.
 *
 * Source: PKWARE APPNOTE 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (end).
 */
export function zipped(members: Readonly<Record<string, string | Uint8Array>>, says?: number): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const [data, path] = [deflateRawSync(content), Buffer.from(name)];
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(content), 0);
    sizes.writeUInt32LE(data.length, 4);
    sizes.writeUInt32LE(says ?? Buffer.byteLength(content), 8);
    const both = Buffer.concat([
      Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]),
      sizes,
      Buffer.from([path.length, 0, 0, 0]),
    ]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    locals.push(Buffer.from('504b0304', 'hex'), both, path, data);
    central.push(Buffer.from('504b01021400', 'hex'), both, place, path);
    offset += 4 + both.length + path.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(members).length, 4);
  end.writeUInt16LE(Object.keys(members).length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('504b0506', 'hex'), end]);
}
