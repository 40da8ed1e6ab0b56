using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.AspNetCore.Errors;

/// <summary>Errors by the application's own service of problem details, where it has one: what it adds and how it writes holds for models too.</summary>
internal static class HostProblems
{
    /// <summary>Writes the problem; false where the application has no such service, or it does not write for this request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="json">The problem as Flama writes it; all of its members are kept.</param>
    public static async ValueTask<bool> TryWriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        if (context.RequestServices.GetService<IProblemDetailsService>() is not { } service)
        {
            return false;
        }

        context.Response.StatusCode = status;
        return await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = Read(json) });
    }

    private static ProblemDetails Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        ProblemDetails details = new();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            switch (member.Name)
            {
                case "type":
                    details.Type = member.Value.GetString();
                    break;
                case "title":
                    details.Title = member.Value.GetString();
                    break;
                case "status":
                    details.Status = member.Value.GetInt32();
                    break;
                case "detail":
                    details.Detail = member.Value.GetString();
                    break;
                default:
                    details.Extensions[member.Name] = member.Value.Clone();
                    break;
            }
        }

        return details;
    }
}
