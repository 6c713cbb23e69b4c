using Latchkey.Core.Grants;

namespace Latchkey.Storage.Writes;

/// <summary>
/// Two lanes: one for new grants, which may have to wait for another node's management write, and one for the rest, which does not
/// wait with them. Writes on one grant keep their order: each takes the lane in which one on the same grant is still under way.
/// </summary>
internal sealed class WriteLanes(WriteLane inserts, WriteLane rest)
{
    private readonly Dictionary<Guid, UnderWay> _underWay = [];

    /// <exception cref="StorageUnavailableException">Too many wait, or it is ending.</exception>
    public void Enqueue(QueuedWrite write)
    {
        write.Settling = Forget;
        lock (_underWay)
        {
            var (lane, count) = _underWay.TryGetValue(write.Write.Id, out var before) ? before
                : new UnderWay(write.Write is GrantWrite.Insert ? inserts : rest, 0);
            lane.Enqueue(write);
            _underWay[write.Write.Id] = new UnderWay(lane, count + 1);
        }
    }

    private void Forget(QueuedWrite write)
    {
        lock (_underWay)
        {
            if (_underWay.Remove(write.Write.Id, out var left) && left.Count > 1)
            {
                _underWay[write.Write.Id] = left with { Count = left.Count - 1 };
            }
        }
    }

    private readonly record struct UnderWay(WriteLane Lane, int Count);
}
