namespace Latchkey.Faults.Tests;

/// <summary><c>./test.sh --long</c> asks for the forms that take minutes.</summary>
internal static class LongRun
{
    public static bool IsWanted => Environment.GetEnvironmentVariable("LATCHKEY_LONG") == "1";
}
