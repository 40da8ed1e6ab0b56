using System.Collections.Concurrent;

namespace Flama.ConformanceTests;

/// <summary>Every golden case of the libraries around scikit-learn in the shared archives: the same answers as Python's.</summary>
public sealed class LibraryGoldenTests(ITestOutputHelper output)
{
    /// <summary>Cases that cannot have Python's answer, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["feature-engine/1.9.4/drop_missing"] = "the library takes rows with missing cells out; here every row gets an answer, so such a row is refused",
    };

    public static TheoryData<string> Archives() => [.. SklearnCase.SharedLibraries];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Archives))]
    public void Archive_OfLibrary_AnswersAsPython(string archive)
    {
        var failures = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var names = SklearnCase.Names(archive).ToArray();

        Parallel.ForEach(names, name =>
        {
            if (DifferenceOf(archive, name) is { } difference)
            {
                failures[name] = difference;
            }
        });

        output.WriteLine($"{archive}: {names.Length - failures.Count} of {names.Length}");
        var unexpected = failures.Where(failure => !IsException(archive, failure.Key)).Select(failure => $"{failure.Key}: {failure.Value}").Order(StringComparer.Ordinal).ToArray();
        Assert.True(unexpected.Length == 0, string.Join(Environment.NewLine, unexpected));
    }

    /// <summary>Whether a case cannot have Python's answer.</summary>
    internal static bool IsException(string archive, string name) => Exceptions.Keys.Any(key => $"{archive[..^".zip".Length]}/{name}".EndsWith(key, StringComparison.Ordinal));

    /// <summary>How a case's answers differ from Python's; null where they do not.</summary>
    internal static string? DifferenceOf(string archive, string name)
    {
        try
        {
            var golden = SklearnCase.Read(archive, name);
            if (golden.Checks.Count == 0)
            {
                GoldenModel.Load(golden).Dispose();
                return IsToBeRefused(golden) ? "it was loaded, and is to be refused" : null;
            }

            return GoldenModel.Compare(golden)
                .Where(result => result.Difference is not null)
                .Select(result => $"{result.Check}: {result.Difference}")
                .FirstOrDefault();
        }
        catch (FlamaException exception) when (IsToBeRefused(SklearnCase.Read(archive, name)))
        {
            return exception.Remedy is null || exception.Message.Contains("not among the classes", StringComparison.Ordinal) ? $"refused without a way out: {exception.Message}" : null;
        }
        catch (Exception exception) when (exception is FlamaException or NotSupportedException)
        {
            return $"{(exception as FlamaException)?.Code}: {exception.Message}";
        }
    }

    private static bool IsToBeRefused(SklearnCase golden) => golden.Name.EndsWith("_refused", StringComparison.Ordinal);
}
