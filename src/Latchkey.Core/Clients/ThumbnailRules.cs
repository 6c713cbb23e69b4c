using System.Buffers.Binary;

namespace Latchkey.Core.Clients;

/// <summary>What may be a client's picture: a sound PNG of at most 512 by 512 pixels, and nothing behind it.</summary>
/// <remarks>
/// W3C PNG (Third Edition) §5 and §11. The server hands these bytes to strangers' browsers, so what is not wholly a picture, such
/// as one with a script or an archive at its end, is not kept.
/// </remarks>
public static class ThumbnailRules
{
    private const int LargestSide = 512;
    private const int Overhead = 12;   // length, type and checksum of each chunk
    private const int HeaderLength = 13;
    private const int Indexed = 3;     // the colour type that is nothing without a palette

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => CrcOf((uint)n))];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Null when the bytes are such a picture, otherwise what is wrong with them.</summary>
    public static string? Problem(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
        {
            return "The thumbnail must be a PNG image.";
        }

        var rest = file[Signature.Length..];
        var first = true;
        var palette = false;
        using var data = new MemoryStream();
        while (NextChunk(ref rest, out var type, out var content))
        {
            if (first && HeaderProblem(type, content) is { } problem)
            {
                return problem;
            }

            // A second header would tell another reader other measures, and what no reader may pass over belongs to no picture.
            if (!first && !MayFollow(type))
            {
                break;
            }

            first = false;
            palette |= type.SequenceEqual("PLTE"u8) && data.Length == 0;
            if (type.SequenceEqual("IDAT"u8))
            {
                data.Write(content);
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                var header = file.Slice(Signature.Length + 8, HeaderLength);
                return content.IsEmpty && rest.IsEmpty && (palette || header[9] != Indexed) && HoldsPixels(header, data.ToArray())
                    ? null
                    : "The PNG image must hold a picture and end where it says.";
            }
        }

        return "The PNG image is damaged.";
    }

    private static bool HoldsPixels(ReadOnlySpan<byte> header, byte[] data)
    {
        var samples = header[9] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        return PngPixels.Fill(
            data,
            (int)BinaryPrimitives.ReadUInt32BigEndian(header),
            (int)BinaryPrimitives.ReadUInt32BigEndian(header[4..]),
            samples * header[8],
            interlaced: header[12] == 1);
    }

    private static bool MayFollow(ReadOnlySpan<byte> type) =>
        (type[0] & 0x20) != 0 || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8);

    // False at the end, and for a chunk that is cut off or does not match its checksum.
    private static bool NextChunk(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> content)
    {
        type = content = default;
        if (rest.Length < Overhead)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - Overhead)
        {
            return false;
        }

        var checkedPart = rest.Slice(4, (int)length + 4);
        type = checkedPart[..4];
        content = checkedPart[4..];
        var sum = BinaryPrimitives.ReadUInt32BigEndian(rest[((int)length + 8)..]);
        rest = rest[((int)length + Overhead)..];
        return Crc(checkedPart) == sum;
    }

    private static string? HeaderProblem(ReadOnlySpan<byte> type, ReadOnlySpan<byte> header)
    {
        if (!type.SequenceEqual("IHDR"u8) || header.Length != HeaderLength)
        {
            return "The PNG image has no header.";
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(header) is 0 or > LargestSide || BinaryPrimitives.ReadUInt32BigEndian(header[4..]) is 0 or > LargestSide)
        {
            return $"The thumbnail must be 1 to {LargestSide} pixels wide and high.";
        }

        var known = (ColourType: header[9], Depth: header[8]) is
            (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16);
        return known && header[10] == 0 && header[11] == 0 && header[12] <= 1 ? null : "The PNG image is of a kind that does not exist.";
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint CrcOf(uint n)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            n = (n & 1) != 0 ? 0xEDB88320 ^ (n >> 1) : n >> 1;
        }

        return n;
    }
}
