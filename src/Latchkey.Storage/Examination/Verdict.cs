namespace Latchkey.Storage.Examination;

/// <summary>How something was found: as it should be, working but with a risk that somebody should know, or broken.</summary>
public enum Verdict
{
    Right,
    Doubtful,
    Wrong,
}
