using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>Files made to harm whoever loads them: each ends as its manifest says, within the manifest's limits, and nothing runs.</summary>
public sealed class HostilePickleTests
{
    // The manifest's seconds are for a machine of one's own; tests share theirs with each other and with others.
    private const int SharedMachineFactor = 10;

    private const string Canary = "flama-canary-PWNED";

    public static TheoryData<string, string, string> Files()
    {
        using var archive = ZipFile.OpenRead(ArchivePath);
        using var manifest = JsonDocument.Parse(Read(archive, "manifest.json"));
        var files = new TheoryData<string, string, string>();
        foreach (var file in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            files.Add(
                file.GetProperty("file").GetString()!, file.GetProperty("expect").GetString()!, file.GetProperty("code").GetString()!);
        }

        return files;
    }

    private static string ArchivePath => Fixtures.PathOf("hostile-pickles", "hostile-pickles.zip");

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_OfHostileFile_EndsAsTheManifestSays(string file, string expect, string code)
    {
        using var archive = ZipFile.OpenRead(ArchivePath);
        using var manifest = JsonDocument.Parse(Read(archive, "manifest.json"));
        var limits = manifest.RootElement.GetProperty("limits");
        var bytes = Read(archive, file);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var found = Load(file, bytes);
        watch.Stop();
        var megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) >> 20;

        Assert.True(watch.Elapsed.TotalSeconds < SharedMachineFactor * limits.GetProperty("seconds").GetDouble(), $"it took {watch.Elapsed}");
        Assert.True(megabytes < limits.GetProperty("megabytes").GetInt64(), $"it took {megabytes} MB");
        Assert.False(File.Exists(Canary) || File.Exists(Path.Combine(Path.GetTempPath(), Canary)), "code of the file ran");
        if (expect == "accept")
        {
            Assert.Null(found);
        }
        else if (expect == "reject")
        {
            Assert.Equal(code, found?.Code.Name);
        }
    }

    private static FlamaException? Load(string file, byte[] bytes)
    {
        try
        {
            using var model = Engines.Load(Pickled.Source(file, bytes));
            return null;
        }
        catch (FlamaException exception)
        {
            return exception;
        }
    }

    private static byte[] Read(ZipArchive archive, string name)
    {
        using var stream = archive.Entries.Single(entry => entry.Name == name).Open();
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
