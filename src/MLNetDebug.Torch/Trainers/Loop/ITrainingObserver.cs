namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>Is told how a training goes, on its thread, whether a guard watches or not. What it throws ends the training and passes through as it is.</summary>
internal interface ITrainingObserver
{
    /// <summary>A gradient was computed; the optimizer was stepped with it, unless the guard left the step out.</summary>
    void OnStep();

    /// <summary>An epoch has ended. One that is done again after a fault of the native library is told of again.</summary>
    void OnEpoch(TrainedEpoch epoch);

    /// <summary>Training has ended, and the network holds the weights that it goes out with; it is in evaluation mode for what measures it.</summary>
    void OnTrained(NetworkInTraining network);
}

/// <summary>An epoch that has ended.</summary>
/// <param name="Epochs">Epochs done, from 1.</param>
/// <param name="Loss">Mean loss on the held-out rows; NaN where there are none.</param>
/// <param name="Accuracy">Share of the held-out rows that is right; NaN for a regression and where there are none.</param>
/// <param name="Guard">The guard; null where nobody watches.</param>
internal readonly record struct TrainedEpoch(int Epochs, double Loss, double Accuracy, TrainingGuard? Guard);
