using System.Diagnostics.CodeAnalysis;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Repository;
using Flama.Hosting;
using Flama.Hosting.Repository;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Admin;

/// <summary>What an operator does with models: list, load, unload, promote, roll back. Thread-safe.</summary>
internal sealed class AdminEndpoints(ServedModels served, IReadOnlyList<ModelRepository> repositories, ErrorResponder errors)
{
    /// <summary>The segment of the path that names the model.</summary>
    public const string Model = "model";

    /// <summary>All models.</summary>
    public Task ListAsync(HttpContext context) => RepositoryJson.RespondAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("models"u8);
        foreach (var model in served.Models)
        {
            ServedJson.Write(json, model);
        }

        foreach (var model in repositories.SelectMany(repository => repository.Models))
        {
            RepositoryJson.Write(json, model);
        }

        json.WriteEndArray();
        json.WriteNumber("memory_bytes"u8, repositories.Sum(repository => repository.MemoryBytes));
        json.WriteEndObject();
    });

    /// <summary>One model.</summary>
    public Task ShowAsync(HttpContext context) => RunAsync(context, static (_, _, _) => Task.FromResult<bool?>(null), static (_, _) => Task.CompletedTask);

    /// <summary>Loads a version of a repository; loads the file of any other model anew and puts it in place.</summary>
    public Task LoadAsync(HttpContext context) => RunAsync(
        context,
        static async (repository, model, query) =>
        {
            await repository.LoadAsync(model, query.Version, query.Cancellation);
            return null;
        },
        static (model, cancellation) => Task.Factory.StartNew(
            () => model.Reload(cancellation), cancellation, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default));

    /// <summary>Takes a version out of memory.</summary>
    public Task UnloadAsync(HttpContext context) => RunAsync(context, static (repository, model, query) => repository.Unload(model, query.Version)
        ? Task.FromResult<bool?>(null)
        : throw new AdminRefusal(StatusCodes.Status409Conflict, $"The model '{model}' is in use. Try again later."));

    /// <summary>Makes a version the default, or gives it a label.</summary>
    public Task PromoteAsync(HttpContext context) => RunAsync(context, static async (repository, model, query) => query.Version is { } version
        ? await repository.PromoteAsync(model, version, query.Label, query.Cancellation)
        : throw new AdminRefusal(StatusCodes.Status400BadRequest, "No version was named. Write: …/promote/?version=VERSION, with &label=LABEL to give it a label only."));

    /// <summary>Makes the default before the present one the default again.</summary>
    public Task RollBackAsync(HttpContext context) => RunAsync(context, static async (repository, model, query) => await repository.RollBackAsync(model, query.Cancellation));

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request.")]
    private async Task RunAsync(
        HttpContext context, Func<ModelRepository, string, AdminQuery, Task<bool?>> act, Func<ServedModel, CancellationToken, Task>? actOnOther = null)
    {
        try
        {
            var name = (string)context.Request.RouteValues[Model]!;
            if (repositories.FirstOrDefault(repository => repository.TryGet(name, out _)) is { } found)
            {
                var isStored = await act(found, name, AdminQuery.Of(context));
                await RepositoryJson.RespondAsync(context, json =>
                {
                    json.WriteStartObject();
                    json.WritePropertyName("model"u8);
                    if (found.TryGet(name, out var model))
                    {
                        RepositoryJson.Write(json, model);
                    }
                    else
                    {
                        json.WriteNullValue();
                    }

                    if (isStored is { } stored)
                    {
                        json.WriteBoolean("stored"u8, stored);
                    }

                    json.WriteEndObject();
                });
            }
            else if (served.TryGet(name, out var other))
            {
                await (actOnOther ?? throw new AdminRefusal(StatusCodes.Status409Conflict, $"The model '{name}' is not one of a repository."))(other, context.RequestAborted);
                await RepositoryJson.RespondAsync(context, json =>
                {
                    json.WriteStartObject();
                    json.WritePropertyName("model"u8);
                    ServedJson.Write(json, other);
                    json.WriteEndObject();
                });
            }
            else
            {
                throw new FlamaException(ErrorCodes.ModelNotFound, $"There is no model '{SafeText.OneLine(name, 100)}'.");
            }
        }
        catch (AdminRefusal refusal)
        {
            await errors.RespondAsync(context, new Problem(refusal.Status, refusal.Message));
        }
        catch (FlamaException failure) when (failure.Code == ErrorCodes.ExamFailed || failure.Code == ErrorCodes.InvalidOption)
        {
            await errors.RespondAsync(context, Problem.Of(failure) with { Status = StatusCodes.Status409Conflict });
        }
        catch (FlamaException failure) when (failure.Code.HttpStatus >= StatusCodes.Status500InternalServerError && failure.Code != ErrorCodes.Overloaded)
        {
            // What a file has may name paths: the log has it.
            var code = ((failure.InnerException as FlamaException) ?? failure).Code;
            await errors.RespondAsync(context, new Problem(StatusCodes.Status409Conflict, $"The model was not loaded ({code.Name}); what was served before still is. The log says more."));
        }
        catch (Exception exception)
        {
            await errors.RespondAsync(context, exception);
        }
    }
}
