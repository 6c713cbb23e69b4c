namespace Latchkey.AspNetCore;

/// <summary>Where an app may put in a word.</summary>
public sealed class LatchkeyBearerEvents
{
    /// <summary>
    /// Called before a refusal is written, status and headers being set already. Write a body of one's own and set
    /// <see cref="BearerRefusalContext.Handled"/>.
    /// </summary>
    public Func<BearerRefusalContext, Task> OnRefusal { get; set; } = _ => Task.CompletedTask;
}
