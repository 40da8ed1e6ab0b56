using System.Text;
using Flama.Scoring;

namespace Flama.Testing;

/// <summary>Asserts what a model answers over HTTP.</summary>
public static class EndpointAssertions
{
    /// <summary>Asserts that a model at a path gives the outputs of cases: each is posted to the endpoint of its method.</summary>
    /// <param name="client">The client, of a test or of a server that runs elsewhere.</param>
    /// <param name="path">Where the model is, such as <c>/churn/</c>; a case of <c>predict</c> is posted to <c>/churn/predict/</c>. Methods of the application's own that answer with <c>output</c> can have cases too.</param>
    /// <param name="cases">The cases, of <see cref="ModelCases"/> or made by hand.</param>
    /// <param name="tolerance">The largest relative difference between numbers that are still equal.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="CasesDifferException">An answer differs, or is an error.</exception>
    public static Task AssertCasesAsync(
        this HttpClient client, string path, IReadOnlyList<ModelCase> cases, double tolerance = ModelCases.DefaultTolerance, CancellationToken cancellationToken = default) =>
        client.AssertCasesAsync(path, cases, model: null, tolerance, cancellationToken);

    /// <summary>The same where the model is at hand, which tells the names of columns.</summary>
    internal static async Task AssertCasesAsync(
        this HttpClient client, string path, IReadOnlyList<ModelCase> cases, Model? model, double tolerance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(cases);
        List<string> differences = [];
        for (var index = 0; index < cases.Count; index++)
        {
            var one = cases[index];
            try
            {
                var found = await client.PostRowsAsync($"{path.TrimEnd('/')}/{one.Method}/", Encoding.UTF8.GetBytes(one.Input.GetRawText()), cancellationToken).ConfigureAwait(false);
                differences.AddRange(ModelCases.Compare(one, index, found, model?.FindMethod(one.Method), tolerance));
            }
            catch (HttpRequestException failure) when (failure.StatusCode is not null)
            {
                differences.Add($"{ModelCases.NameOf(one, index)}: {failure.Message}");
            }
        }

        CasesDifferException.ThrowIfAny(path, differences, tolerance);
    }
}
