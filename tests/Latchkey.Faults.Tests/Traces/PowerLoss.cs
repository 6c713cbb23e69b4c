namespace Latchkey.Faults.Tests.Traces;

/// <summary>
/// A data directory as the power going off would leave it: what was synced, and of what was written since, as much as the disk
/// happened to take.
/// </summary>
/// <param name="before">A copy of the directory from when the trace began and nothing was going on.</param>
/// <param name="data">The directory that the trace is about.</param>
internal sealed class PowerLoss(string before, string data)
{
    private readonly Dictionary<string, TracedFile> _files = new(StringComparer.Ordinal);

    /// <summary>Lives through the trace until the given number of answers had begun to be sent, and puts what is left into a new directory.</summary>
    /// <param name="luck">Decides for each 512 bytes of an unsynced write whether the disk took them; null when it took none.</param>
    public void Leave(IEnumerable<string> trace, int answers, Random? luck, string target)
    {
        Live(trace, answers);
        DirectoryCopy.Make(before, target);
        foreach (var (name, file) in _files)
        {
            File.WriteAllBytes(Path.Combine(target, name), file.After(luck));
        }

        // Shared memory: nobody syncs it, and it does not outlive the machine.
        File.Delete(Path.Combine(target, "latchkey.db-shm"));
    }

    private void Live(IEnumerable<string> trace, int answers)
    {
        foreach (var (began, call) in TracedCall.Read(trace))
        {
            if (began && AnswerOrder.IsAnswer(call) && --answers == 0)
            {
                return;
            }

            if (Path.GetDirectoryName(call.Path) == data && Path.GetFileName(call.Path) is var name && !name.EndsWith("-shm", StringComparison.Ordinal))
            {
                Apply(began, call, FileOf(name));
            }
        }

        Assert.Equal(0, answers);
    }

    private static void Apply(bool began, TracedCall call, TracedFile file)
    {
        switch (call.Name)
        {
            case "pwrite64" when !began:
                Assert.Equal(call.Text.Length, call.Result);
                file.Write(call.NumberFromEnd(1), call.Text);
                break;
            case "ftruncate" when !began:
                file.Truncate(call.NumberFromEnd(1));
                break;
            case "fsync" or "fdatasync" when began:
                file.BeginSync();
                break;
            case "fsync" or "fdatasync":
                Assert.Equal(0, call.Result);
                file.EndSync();
                break;
            default:
                Assert.True(call.Name is "pwrite64" or "ftruncate", $"{call.Name} is not understood.");
                break;
        }
    }

    private TracedFile FileOf(string name)
    {
        if (!_files.TryGetValue(name, out var file))
        {
            var start = Path.Combine(before, name);
            _files[name] = file = new TracedFile(File.Exists(start) ? File.ReadAllBytes(start) : []);
        }

        return file;
    }
}
