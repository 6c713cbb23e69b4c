namespace Latchkey.Faults.Tests.Traces;

/// <summary>A file with what is certainly on the disk, and the changes since the last sync in their order.</summary>
internal sealed class TracedFile
{
    private const int Sector = 512;

    private readonly MemoryStream _durable = new();
    private readonly List<Change> _pending = [];
    private int _syncing;

    public TracedFile(byte[] content) => _durable.Write(content);

    public void Write(long offset, byte[] bytes) => _pending.Add(new Change(offset, bytes));

    public void Truncate(long length) => _pending.Add(new Change(length, null));

    public void BeginSync() => _syncing = _pending.Count;

    /// <summary>A sync answers for what was written before it began.</summary>
    public void EndSync()
    {
        foreach (var change in _pending.Take(_syncing))
        {
            change.Apply(_durable);
        }

        _pending.RemoveRange(0, _syncing);
        _syncing = 0;
    }

    /// <summary>What is on the disk when the power goes off now.</summary>
    public byte[] After(Random? luck)
    {
        var left = new MemoryStream();
        _durable.WriteTo(left);
        foreach (var part in luck is null ? [] : _pending.SelectMany(c => c.Sectors()).Where(_ => luck.Next(2) == 0))
        {
            part.Apply(left);
        }

        return left.ToArray();
    }

    /// <param name="Bytes">Null when the file is cut off there.</param>
    private sealed record Change(long Offset, byte[]? Bytes)
    {
        public void Apply(MemoryStream file)
        {
            if (Bytes is null)
            {
                file.SetLength(Offset);
                return;
            }

            file.Position = Offset;
            file.Write(Bytes);
        }

        public IEnumerable<Change> Sectors()
        {
            if (Bytes is null)
            {
                yield return this;
                yield break;
            }

            for (var start = 0; start < Bytes.Length;)
            {
                var end = (int)Math.Min(Bytes.Length, start + Sector - ((Offset + start) % Sector));
                yield return new Change(Offset + start, Bytes[start..end]);
                start = end;
            }
        }
    }
}
