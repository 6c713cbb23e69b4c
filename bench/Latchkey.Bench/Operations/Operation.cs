using Latchkey.Bench.Load;

namespace Latchkey.Bench.Operations;

/// <summary>One kind of call: how to ask, and how to tell a right answer from a wrong one.</summary>
internal abstract class Operation(string name)
{
    public string Name => name;

    /// <summary>Makes, unmeasured, what <paramref name="calls"/> calls will use up.</summary>
    public virtual void Prepare(LoadDriver driver, int calls)
    {
    }

    /// <summary>Writes this connection's next request and returns its length; 0 when there is nothing left to ask.</summary>
    public abstract int Write(int connection, Span<byte> request);

    /// <summary>Checks the answer and keeps what later calls need; throws when it is wrong.</summary>
    public abstract void Accept(int connection, Answer answer);
}
