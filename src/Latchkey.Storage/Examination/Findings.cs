namespace Latchkey.Storage.Examination;

/// <summary>What was found so far, in the order it was looked at.</summary>
public sealed class Findings
{
    private readonly List<Finding> _found = [];

    public IReadOnlyList<Finding> All => _found;

    public void Right(string subject, string says) => Add(subject, Verdict.Right, says);

    public void Doubtful(string subject, string says) => Add(subject, Verdict.Doubtful, says);

    public void Wrong(string subject, string says) => Add(subject, Verdict.Wrong, says);

    public void Add(string subject, Verdict verdict, string says) => _found.Add(new Finding(subject, verdict, says));

    /// <summary>Looks; false when the look was refused, and why is then found wrong.</summary>
    public bool Look(string subject, Action look)
    {
        ArgumentNullException.ThrowIfNull(look);
        try
        {
            look();
            return true;
        }
        catch (Exception refused) when (refused is StartupException or StorageUnavailableException)
        {
            Wrong(subject, refused.Message);
            return false;
        }
    }

    /// <inheritdoc cref="Look(string, Action)"/>
    public async Task<bool> LookAsync(string subject, Func<Task> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        try
        {
            await look();
            return true;
        }
        catch (Exception refused) when (refused is StartupException or StorageUnavailableException)
        {
            Wrong(subject, refused.Message);
            return false;
        }
    }
}
