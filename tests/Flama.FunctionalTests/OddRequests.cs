using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Flama.Tests;

namespace Flama.FunctionalTests;

/// <summary>Requests that no client library sends, and ways around a check of paths that have worked elsewhere.</summary>
internal static class OddRequests
{
    private const string Body = """{"input": [[0, 1]]}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Ways of writing a path such as <c>/xor/predict/</c>.</summary>
    public static readonly Func<string, string>[] Spellings =
    [
        path => path,
        path => path.TrimEnd('/'),
        path => $"/{path}",
        path => $"//{path}",
        path => $"{path}/",
        path => path.Replace("/", "//", StringComparison.Ordinal),
        path => $"/.{path}",
        path => $"/x/..{path}",
        path => $"/x/%2e%2e{path}",
        path => $"/x/%2E.{path}",
        path => $"/%2e{path}",
        path => $"/..{path}",
        path => $"/x/%252e%252e{path}",
        path => $"/x%2f..{path}",
        path => $"/x/..%2f{path[1..]}",
        path => $"/x/..;{path}",
        path => $"/;{path}",
        path => $"/.;{path}",
        path => Inserted(path, ";a=b"),
        path => Inserted(path, "%3ba=b"),
        path => Inserted(path, "%00"),
        path => Inserted(path, "%0a"),
        path => Inserted(path, "."),
        path => Inserted(path, "\u00ad"),
        path => Encoded(path, "%{0:x2}"),
        path => Encoded(path, "%25{0:x2}"),
        path => Encoded(path, "%u00{0:x2}"),
        path => path.Replace("/", "%2f", StringComparison.Ordinal),
        path => $"/{path[1..].Replace("/", "%2F", StringComparison.Ordinal)}",
        path => $"/{path[1..].Replace("/", "%252f", StringComparison.Ordinal)}",
        path => $"/{path[1..].Replace("/", "%c0%af", StringComparison.Ordinal)}",
        path => $"/{path[1..].Replace("/", "%ef%bc%8f", StringComparison.Ordinal)}",
        path => $"/{path[1..].Replace("/", "%5c", StringComparison.Ordinal)}",
        path => path.Replace("/", "\\", StringComparison.Ordinal),
        path => path.ToUpperInvariant(),
        path => $"{path}.",
        path => $"{path}./",
        path => $"{path}../{path.TrimEnd('/')[(path.TrimEnd('/').LastIndexOf('/') + 1)..]}/",
        path => $"{path};a=b",
        path => $"{path}%00",
        path => $"{path}%20",
        path => $"{path}%09",
        path => $"{path}%0d%0aX-API-Key:%20x",
        path => $"{path}?x=/health/live",
        path => $"{path}?_method=GET",
        path => $"{path}%3f/health/live",
        path => $"{path}#/health/live",
        path => $"/health/live/..{path}",
        path => $"/health/live/%2e%2e/%2e%2e{path}",
        path => $"/health/live;{path}",
        path => $"/docs/..{path}",
        path => $"/schema/..;{path}",
        path => $"http://127.0.0.1{path}",
        path => $"HTTP://127.0.0.1{path}",
        path => $"https://localhost{path}",
        path => $"http://127.0.0.1//{path}",
        path => $"http://127.0.0.1/health/live/..{path}",
        path => $"http://user:pass@localhost{path}",
        path => $"//127.0.0.1{path}",
        path => $"*{path}",
        _ => "*",
    ];

    /// <summary>Headers that ask proxies and frameworks for another request, and credentials that are none.</summary>
    public static readonly string[] Extras =
    [
        "", "X-HTTP-Method-Override: GET", "X-HTTP-Method: GET", "X-Method-Override: GET", "X-Original-URL: /health/live", "X-Rewrite-URL: /health/live", "X-Original-Uri: /health/live",
        "X-Forwarded-Prefix: /health/live", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: localhost", "Forwarded: for=127.0.0.1;host=localhost", "X-Real-IP: 127.0.0.1",
        "X-API-Key: ", "X-API-Key: x\r\nX-API-Key: y", "x_api_key: x", "Authorization: Bearer ", "Authorization: Bearer", "Authorization: Basic eDp5", "Authorization: Bearer null",
        "Authorization: Bearer flama_000000000000_0000000000000000000000000000000000000000000000000000000000000000",
        "Cookie: X-API-Key=x", "Referer: http://127.0.0.1/docs/", "X-Client-Cert: x", "X-User: admin",
    ];

    /// <summary>Sends a request byte for byte; an error must tell nothing of the server.</summary>
    /// <returns>The status; 0 when the connection is closed without an answer.</returns>
    public static Task<int> SendAsync(Uri server, string method, string target, string header, string version = "HTTP/1.1")
    {
        var isStream = target.Contains("stream", StringComparison.OrdinalIgnoreCase);
        var upgrade = method == "GET" && isStream
            ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            : "Connection: close\r\n";
        var body = method == "POST" ? Body : "";
        var content = method == "POST" ? $"Content-Type: application/{(isStream ? "x-ndjson" : "json")}\r\nContent-Length: {body.Length}\r\n" : "";
        return SendAsync(server, $"{method} {target} {version}\r\nHost: 127.0.0.1\r\n{upgrade}{content}{(header.Length > 0 ? $"{header}\r\n" : "")}\r\n{body}");
    }

    /// <inheritdoc cref="SendAsync(Uri, string, string, string, string)"/>
    public static async Task<int> SendAsync(Uri server, string request)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await AskAsync(server, request, patience.Token);
        }
        catch (IOException)
        {
            // Reset: the server did not want the rest.
            return 0;
        }
        catch (OperationCanceledException failure) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Not answered in {Patience}: {request}", failure);
        }
    }

    private static async Task<int> AskAsync(Uri server, string request, CancellationToken cancellationToken)
    {
        using TcpClient client = new();
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        using StreamReader reader = new(client.GetStream(), Encoding.Latin1);
        var line = await reader.ReadLineAsync(cancellationToken);
        if (line is null)
        {
            return 0;
        }

        var status = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        if (status >= 400)
        {
            var answer = await ReadAsync(reader, cancellationToken);

            // What the caller has sent may come back.
            Assert.True(
                ErrorText.FindTelling(answer) is not { } telling || request.Contains(telling, StringComparison.OrdinalIgnoreCase), $"This is answered {answer}:\n{request}");
        }

        return status;
    }

    // Some of the connections stay open.
    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        StringBuilder answer = new();
        var length = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            answer.Append(line).Append('\n');
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture);
            }
        }

        if (length == 0)
        {
            return answer.ToString();
        }

        var body = new char[length];
        var read = await reader.ReadBlockAsync(body, cancellationToken);
        return answer.Append('\n').Append(body, 0, read).ToString();
    }

    // Behind the first segment.
    private static string Inserted(string path, string text) => path.IndexOf('/', 1) is > 0 and var end ? $"{path[..end]}{text}{path[end..]}" : $"{path}{text}";

    // The second letter of the path.
    private static string Encoded(string path, string format) =>
        path.Length > 2 ? $"{path[..2]}{string.Format(CultureInfo.InvariantCulture, format, (int)path[2])}{path[3..]}" : path;
}
