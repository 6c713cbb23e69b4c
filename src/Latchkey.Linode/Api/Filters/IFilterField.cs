namespace Latchkey.Linode;

/// <summary>The name of a member that a list can be ordered by.</summary>
/// <typeparam name="T">What the list is of.</typeparam>
public interface IFilterField<T>
{
    /// <summary>The name on the wire.</summary>
    string Name { get; }
}
