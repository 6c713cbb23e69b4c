using System.Buffers.Binary;
using System.IO.Compression;

namespace Latchkey.LoginServer.Tests.Framework;

/// <summary>Pictures as sound or as broken as a test needs them.</summary>
internal static class Png
{
    /// <summary>Transparent, of red, green, blue and alpha in eight bits each, unless another header or other data says so.</summary>
    public static byte[] Of(uint width, uint height, byte colourType = 6, byte[]? data = null, byte[]? palette = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = colourType;
        byte[] colours = palette is null ? [] : Chunk("PLTE"u8, palette);
        data ??= Packed(new byte[Math.Min(height, 1000) * (1 + (Math.Min(width, 1000) * 4))]);
        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR"u8, header), .. colours, .. Chunk("IDAT"u8, data), .. Chunk("IEND"u8, []),
        ];
    }

    /// <summary>As the data of a picture is packed.</summary>
    public static byte[] Packed(byte[] pixels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zlib.Write(pixels);
        }

        return packed.ToArray();
    }

    public static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        byte[] named = [.. type, .. content];
        var crc = uint.MaxValue;
        foreach (var b in named)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~crc);
        return [.. length, .. named, .. sum];
    }
}
