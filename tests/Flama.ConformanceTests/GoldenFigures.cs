using System.Globalization;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>How many cases of an archive are answered as Python does.</summary>
/// <param name="Library">What wrote the models.</param>
/// <param name="Version">Its version.</param>
/// <param name="Cases">The cases.</param>
/// <param name="Same">Those of which every answer is Python's, and models that must be refused and are.</param>
/// <param name="Excepted">Those that cannot have Python's answer, for a reason that stands in the tests.</param>
internal sealed record GoldenFigures(string Library, string Version, int Cases, int Same, int Excepted)
{
    /// <summary>The archives of the shared folder, by library and by age; none in a clean clone.</summary>
    public static IReadOnlyList<string> Archives { get; } =
    [
        .. SklearnCase.SharedArchives
            .Concat(SharedFixtures.List("golden/catboost", "*.zip").Select(path => $"shared/{path}"))
            .Concat(SklearnCase.Tables.Where(archive => archive.StartsWith("shared/", StringComparison.Ordinal)))
            .Concat(SklearnCase.SharedLibraries)
            .OrderBy(archive => Name(archive).Library, StringComparer.Ordinal)
            .ThenBy(archive => VersionOf(Name(archive).Version)),
    ];

    /// <summary>Counts.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="tell">Hears of each case that differs.</param>
    public static GoldenFigures Of(string archive, Action<string> tell)
    {
        var (library, version) = Name(archive);
        string[] names = [.. SklearnCase.Names(archive)];
        var differences = new string?[names.Length];
        Parallel.For(0, names.Length, i => differences[i] = DifferenceOf(archive, names[i]));
        var excepted = 0;
        for (var i = 0; i < names.Length; i++)
        {
            if (differences[i] is not { } difference)
            {
                continue;
            }

            tell($"{archive} {names[i]}: {difference}");
            excepted += LibraryGoldenTests.IsException(archive, names[i]) ? 1 : 0;
        }

        return new(library, version, names.Length, differences.Count(difference => difference is null), excepted);
    }

    /// <summary>The number of cases in an archive.</summary>
    public static int CasesOf(string archive) => SklearnCase.Names(archive).Count();

    /// <summary>Library and version of an archive.</summary>
    public static (string Library, string Version) Name(string archive)
    {
        var parts = archive[..^".zip".Length].Split('/');
        return (parts[^2] switch
        {
            "sklearn" => "scikit-learn",
            "sklearn-random" => "scikit-learn, random parameters",
            "csv" => "scikit-learn, from CSV of pandas",
            "mlflow" => "MLflow directories",
            "others" => "dill, cloudpickle, lifelines, mord, pygam and others",
            var other => other,
        }, parts[^1]);
    }

    /// <summary>Reads a row of the table.</summary>
    public static GoldenFigures Parse(string row)
    {
        var cells = row.Split('|');
        return new(cells[1].Trim(), cells[2].Trim(), Number(cells[3]), Number(cells[4]), Number(cells[5]));
    }

    /// <summary>A row of the table.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"| {Library} | {Version} | {Cases} | {Same} | {Excepted} |");

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    private static string? DifferenceOf(string archive, string name) => archive.Split('/')[^2] switch
    {
        "catboost" => CatBoostGoldenTests.Difference(SklearnCase.Read(archive, name)),
        "csv" => TableCsvTests.DifferencesAsync(archive, name, TableCsvTests.Csv).GetAwaiter().GetResult() is [var first, ..] ? first : null,
        _ when SklearnCase.SharedArchives.Contains(archive) =>
            GoldenModel.Compare(SklearnCase.Read(archive, name)).Select(result => result.Difference).FirstOrDefault(difference => difference is not null),
        _ => LibraryGoldenTests.DifferenceOf(archive, name),
    };

    // 1.10 comes after 1.9; what follows a dash does not count.
    private static System.Version VersionOf(string text) => System.Version.TryParse(text.Split('-')[0], out var version) ? version : new System.Version(0, 0);
}
