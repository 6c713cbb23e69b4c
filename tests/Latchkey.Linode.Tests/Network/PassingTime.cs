using Microsoft.Extensions.Time.Testing;

namespace Latchkey.Linode.Tests;

internal static class PassingTime
{
    /// <summary>Lets time pass until the call is over.</summary>
    public static async Task<T> UntilDoneAsync<T>(this FakeTimeProvider clock, Task<T> call)
    {
        while (!call.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        return await call;
    }
}
