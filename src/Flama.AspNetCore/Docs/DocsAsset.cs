using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Flama.AspNetCore.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Flama.AspNetCore.Docs;

/// <summary>Answers the path of one file of the interactive page. Browsers keep it and ask whether it changed.</summary>
internal sealed class DocsAsset
{
    private readonly string contentType;
    private readonly byte[] plain;
    private readonly byte[]? compressed;
    private readonly string tag;

    /// <summary>Makes the answer of one file.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="content">Its bytes, plain or compressed with gzip.</param>
    public DocsAsset(string name, string contentType, byte[] content)
    {
        Name = name;
        this.contentType = contentType;
        compressed = content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) ? content : null;
        plain = compressed is null ? content : Decompress(content);
        tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8))}\"";
    }

    public string Name { get; }

    /// <summary>A file that this assembly embeds.</summary>
    public static DocsAsset Own(string name, string contentType) => new(name, contentType, Read(typeof(DocsAsset).Assembly, name));

    /// <summary>The bytes of a file that an assembly embeds.</summary>
    public static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var response = context.Response;
        response.Headers.ETag = tag;
        PageHeaders.SetForAsset(response);
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var body = plain;
        if (compressed is not null && request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            body = compressed;
            response.Headers.ContentEncoding = "gzip";
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await response.BodyWriter.WriteAsync(body, context.RequestAborted);
        }
    }

    private static byte[] Decompress(byte[] content)
    {
        using var source = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        using var result = new MemoryStream();
        source.CopyTo(result);
        return result.ToArray();
    }
}
