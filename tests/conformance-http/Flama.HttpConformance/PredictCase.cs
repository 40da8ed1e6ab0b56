using System.Text;
using Http11Probe.Response;
using Http11Probe.TestCases;

namespace Flama.HttpConformance;

/// <summary>Cases of the suite that post a body to the root, where Flama takes none, sent to a method of the model instead.</summary>
/// <remarks>
/// The suite's bodies are not JSON. An answer that says so means that head and body were taken for what they are, as 200 of a server that echoes does: the suite's own
/// judgement is asked as if it had been that.
/// </remarks>
internal static class PredictCase
{
    private static readonly byte[] Root = "POST / HTTP/"u8.ToArray();
    private static readonly byte[] Method = "POST /predict/ HTTP/"u8.ToArray();

    /// <summary>Those cases, changed.</summary>
    public static IEnumerable<ITestCase> AllOf(Uri server, IEnumerable<ITestCase> cases)
    {
        TestContext context = new() { Host = server.Host, Port = server.Port };
        return cases.OfType<TestCase>().Where(one => one.PayloadFactory(context).AsSpan().StartsWith(Root)).Select(one => new TestCase
        {
            Id = one.Id,
            Description = one.Description,
            Category = one.Category,
            RfcReference = one.RfcReference,
            Scored = one.Scored,
            RfcLevel = one.RfcLevel,
            PayloadFactory = asked => Sent(one.PayloadFactory(asked)),
            Expected = new ExpectedBehavior
            {
                Description = one.Expected.GetDescription(),
                CustomValidator = (response, state) => one.Expected.Evaluate(response is not null && WasRead(response) ? AsRead(response) : response, state),
            },
        });
    }

    /// <summary>Whether an answer says that the body was read, and is not rows.</summary>
    public static bool WasRead(HttpResponse response) =>
        response is { StatusCode: 400, Body: { } body } && (body.Contains("malformed_json", StringComparison.Ordinal) || body.Contains("invalid_input", StringComparison.Ordinal));

    private static HttpResponse AsRead(HttpResponse response) => new()
    {
        StatusCode = 200,
        ReasonPhrase = "OK",
        HttpVersion = response.HttpVersion,
        Headers = response.Headers,
        RawResponse = response.RawResponse,
        Body = response.Body,
    };

    private static byte[] Sent(byte[] payload)
    {
        var line = payload.AsSpan().IndexOf((byte)'\n') + 1;
        var hasType = Encoding.Latin1.GetString(payload).Contains("\nContent-Type:", StringComparison.OrdinalIgnoreCase);
        return [.. Method, .. payload[Root.Length..line], .. hasType ? [] : "Content-Type: application/json\r\n"u8, .. payload[line..]];
    }
}
