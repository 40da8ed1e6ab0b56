using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Flama.Tests;

namespace Flama.Hosting.Tests.Trust;

/// <summary>Model files that ask for more than they are worth, or that lie: each ends in a typed error or an answer, soon and in bounded memory.</summary>
public sealed class HostileModelTests(ITestOutputHelper output)
{
    // Of a machine of one's own; tests share theirs.
    private const double MaxSeconds = 5 * 4;

    // What is allocated in all; what is held at once is less.
    private const long MaxMegabytes = 600;

    private static readonly string[] Places = ["hostile-models/hostile-models.zip", "hostile-models-2.zip"];

    public static TheoryData<string> Archives() =>
    [
        Fixtures.PathOf(Places[0]),
        .. SharedFixtures.PathOf(Places[1]) is { } shared ? [shared] : Array.Empty<string>(),
    ];

    [Theory]
    [MemberData(nameof(Archives))]
    public void Load_OfEveryHostileFile_EndsWithATypedErrorOrAnAnswer(string archive)
    {
        using var zip = ZipFile.OpenRead(archive);
        using var manifest = JsonDocument.Parse(Read(zip, "manifest.json"));
        var row = Encoding.UTF8.GetBytes(manifest.RootElement.GetProperty("row").GetRawText());
        List<string> wrong = [];
        foreach (var file in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            var name = file.GetProperty("file").GetString()!;
            var expected = file.GetProperty("expected").GetString()!;
            var bytes = Read(zip, name);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            var (isRefused, answer) = UntrustedFile.Run(name, bytes, row);
            var seconds = watch.Elapsed.TotalSeconds;
            var megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) >> 20;
            var line = string.Create(
                CultureInfo.InvariantCulture, $"{name} | {file.GetProperty("idea").GetString()} | {SafeText.OneLine(answer, 100)} | {seconds:0.00} s | {megabytes} MB");
            output.WriteLine(line);
            if ((expected == "refused" && !isRefused) || (expected == "loads" && isRefused) || seconds > MaxSeconds || megabytes > MaxMegabytes
                || answer.StartsWith("internal", StringComparison.Ordinal))
            {
                wrong.Add($"{line} (expected {expected})");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static byte[] Read(ZipArchive archive, string name)
    {
        using var stream = archive.GetEntry(name)!.Open();
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
