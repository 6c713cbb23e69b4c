using System.IO.Compression;

namespace Latchkey.Core.Clients;

/// <summary>Whether the data of a PNG image unpacks to as many bytes as its header says, and to not one more.</summary>
/// <remarks>W3C PNG (Third Edition) §7.2, §8.1, §10. Unpacks no further than that, whatever the data would become.</remarks>
internal static class PngPixels
{
    // Adam7: where each pass begins and how far its pixels stand apart, across and down.
    private static readonly (int X, int Y, int Across, int Down)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static bool Fill(byte[] data, int width, int height, int bitsPerPixel, bool interlaced)
    {
        var expected = interlaced
            ? Passes.Sum(p => Size(Count(width, p.X, p.Across), Count(height, p.Y, p.Down), bitsPerPixel))
            : Size(width, height, bitsPerPixel);
        try
        {
            using var unpacked = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
            var pixels = new byte[expected + 1];
            return unpacked.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) == expected;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static int Count(int side, int first, int apart) => side <= first ? 0 : (side - first + apart - 1) / apart;

    // Each row has a byte before it that names its filter.
    private static int Size(int width, int height, int bitsPerPixel) => width == 0 ? 0 : height * (1 + ((width * bitsPerPixel) + 7) / 8);
}
