namespace Latchkey.Linode;

/// <summary>Linode's envelope of a list.</summary>
internal sealed class Page<T>
{
    public IReadOnlyList<T> Data { get; set; } = [];

    public int Pages { get; set; }
}
