using System.Runtime.InteropServices;

namespace Latchkey.Cli;

/// <summary>Who owns a file and what kind of file it is, which .NET does not tell. Linux only.</summary>
/// <param name="Owner">The number of the user.</param>
/// <param name="Mode">Kind and permissions, as the system writes them: <c>0x41C0</c> is <c>drwx------</c>.</param>
internal sealed partial record UnixFile(uint Owner, ushort Mode)
{
    /// <summary>The number of the user this process acts as.</summary>
    public static uint CurrentUser => EffectiveUser();

    /// <summary>What is at this path itself, a link not followed; null when nothing is, or the system cannot say.</summary>
    public static UnixFile? At(string path)
    {
        const int currentDirectory = -100, doNotFollow = 0x100;
        const uint typeModeAndOwner = 0x1 | 0x2 | 0x8;
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var found = new byte[256];
            return Statx(currentDirectory, path, doNotFollow, typeModeAndOwner, found) == 0
                ? new UnixFile(BitConverter.ToUInt32(found, 20), BitConverter.ToUInt16(found, 28))
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, [In, Out] byte[] found);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
