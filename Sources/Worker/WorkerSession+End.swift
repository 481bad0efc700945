import Jobs
import Kafka
import Logging

extension WorkerSession {
    /// Finishes the jobs in flight as far as the grace period allows, gives the others back, commits, and leaves. Neither a
    /// broker that is gone nor storage that hangs makes it last longer.
    func end() async {
        let grace = configuration.grace
        let start = ContinuousClock.now
        // The last two parts are for committing and for leaving.
        let part = min(grace / 8, .seconds(2))
        loader.cancelAll()
        dispatcher.stop()
        tasks.stopStarting()
        logger.info("stopping", metadata: ["in_flight": "\(tasks.count)", "grace": "\(grace.inSeconds)"])
        _ = await ends(by: start + grace - part * 2, tasks.waitUntilIdle)
        if tasks.count > 0 {
            logger.warning("the grace period is over: jobs are given back", metadata: ["jobs": "\(tasks.count)"])
            tasks.cancelAll()
            _ = await ends(by: start + grace - part, tasks.waitUntilIdle)
        }
        if tasks.count > 0 {
            logger.error("jobs don't stop: they are left alone", metadata: ["jobs": "\(tasks.count)"])
        }
        // Others may take them up without suspicion.
        table.releaseAll()
        committer.commitChanges()
        _ = await ends(by: start + grace - part, committer.waitUntilIdle)
        if !committer.isIdle { logger.warning("can't commit any more: other workers will do some jobs again") }
        let rest = max(grace - start.duration(to: .now), .seconds(1))
        async let leaving: Void = consumer.close(timeout: rest)
        async let resultsEnd: Void = results.close(timeout: rest)
        async let controlsEnd: Void = controls.close(timeout: rest)
        await leaving
        await producer.close(timeout: max(grace - start.duration(to: .now), .seconds(1)))
        _ = await (resultsEnd, controlsEnd)
        logger.info("left the group")
    }
}
