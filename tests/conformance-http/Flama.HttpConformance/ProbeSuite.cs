using Http11Probe.Runner;
using Http11Probe.TestCases;
using Http11Probe.TestCases.Suites;

namespace Flama.HttpConformance;

/// <summary>The cases of Http11Probe, as they are, and those with a body once more at a path that takes bodies.</summary>
internal static class ProbeSuite
{
    /// <summary>Runs all of them.</summary>
    /// <returns>Whether the server answered without a failure of its own; the verdicts are for the reader.</returns>
    public static async Task<bool> RunAsync(Uri server, ErrorAnswers errors)
    {
        TestRunner runner = new(new TestRunOptions { Host = server.Host, Port = server.Port });
        List<ITestCase> cases =
        [
            .. ComplianceSuite.GetTestCases(), .. SmugglingSuite.GetTestCases(), .. SmugglingSuite.GetSequenceTestCases(), .. MalformedInputSuite.GetTestCases(),
            .. NormalizationSuite.GetTestCases(), .. CapabilitiesSuite.GetSequenceTestCases(), .. CookieSuite.GetTestCases(),
        ];
        var isWell = Print("Http11Probe, as it is", await runner.RunAsync(cases), errors);
        return Print("Http11Probe, POST / sent to a method", await runner.RunAsync(PredictCase.AllOf(server, cases)), errors) && isWell;
    }

    private static bool Print(string title, TestRunReport report, ErrorAnswers errors)
    {
        Console.WriteLine($"\n## {title}: {report.Results.Count} cases\n\n| Category | Pass | Warn | Fail | Error |\n|---|---|---|---|---|");
        foreach (var category in report.Results.GroupBy(result => result.TestCase.Category))
        {
            int Of(TestVerdict verdict) => category.Count(result => result.Verdict == verdict);
            Console.WriteLine($"| {category.Key} | {Of(TestVerdict.Pass)} | {Of(TestVerdict.Warn)} | {Of(TestVerdict.Fail)} | {Of(TestVerdict.Error)} |");
        }

        Console.WriteLine("\n| Case | Verdict | Level | Expected | Answer |\n|---|---|---|---|---|");
        foreach (var result in report.Results.Where(result => result.Verdict != TestVerdict.Pass))
        {
            var one = result.TestCase;
            var status = result.Response is null ? "none" : $"{result.Response.StatusCode}{(PredictCase.WasRead(result.Response) ? " (body read)" : "")}";
            Console.WriteLine(
                $"| {one.Id} | {result.Verdict}{(one.Scored ? "" : " (unscored)")} | {one.RfcLevel} | {one.Expected.GetDescription()} | {status}, {result.ConnectionState} {result.ErrorMessage} |");
        }

        // 505 is for versions that are none.
        var failed = report.Results.Where(result => result.Response?.StatusCode is >= 500 and not 505).Select(result => $"{result.TestCase.Id}: {result.Response!.StatusCode}").ToList();
        foreach (var result in report.Results.Where(result => result.Response?.StatusCode is >= 400))
        {
            errors.Add(result.TestCase.Id, result.Response!.RawResponse ?? "");
        }

        Console.WriteLine($"\nAnswers of 500 and above: {failed.Count}{(failed.Count > 0 ? $" ({string.Join(", ", failed)})" : "")}");
        return failed.Count == 0;
    }
}
