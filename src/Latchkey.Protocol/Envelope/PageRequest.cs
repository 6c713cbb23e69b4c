using System.Diagnostics.CodeAnalysis;

namespace Latchkey.Protocol;

/// <summary>Which page of a list is wanted: <c>page</c> from 1, <c>page_size</c> from 25 to 500.</summary>
internal sealed record PageRequest(int Page, int Size)
{
    public const int DefaultSize = 100;
    private const int SmallestSize = 25;
    private const int LargestSize = 500;

    /// <summary>Reads the values of <c>page</c> and <c>page_size</c>, each as often as it was sent.</summary>
    public static bool TryRead(
        IReadOnlyList<string?> pages, IReadOnlyList<string?> sizes, [NotNullWhen(true)] out PageRequest? page, [NotNullWhen(false)] out ApiError? error)
    {
        page = null;
        if (!TryNumber(pages, 1, out var number) || number < 1)
        {
            error = new ApiError("page must be a whole number from 1 on.", "page");
            return false;
        }

        if (!TryNumber(sizes, DefaultSize, out var size) || size is < SmallestSize or > LargestSize)
        {
            error = new ApiError($"page_size must be a whole number from {SmallestSize} to {LargestSize}.", "page_size");
            return false;
        }

        page = new PageRequest(number, size);
        error = null;
        return true;
    }

    public PageBody<T> Cut<T>(IReadOnlyList<T> all)
    {
        var skip = (long)(Page - 1) * Size;
        var data = skip >= all.Count ? [] : all.Skip((int)skip).Take(Size).ToArray();
        return new PageBody<T>(data, Page, Math.Max(1, (all.Count + Size - 1) / Size), all.Count);
    }

    // int.TryParse would let signs, blanks and (by culture) other digits through; a page is ASCII digits and nothing else.
    private static bool TryNumber(IReadOnlyList<string?> sent, int otherwise, out int number)
    {
        number = otherwise;
        return sent.Count == 0
            || (sent.Count == 1 && sent[0] is { Length: > 0 and <= 10 } text && text.All(char.IsAsciiDigit) && int.TryParse(text, out number));
    }
}

/// <summary>A page as it goes out.</summary>
internal sealed record PageBody<T>(IReadOnlyList<T> Data, int Page, int Pages, int Results);
